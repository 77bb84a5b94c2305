import { parseFlags, resolveCommand, type ParsedCommand } from '#tmux-protocol';

/**
 * How a command is carried out for a browser:
 * - `control`: changes tmux and prints nothing; runs on the session's control client
 * - `outside`: prints, waits or runs programs; runs as a tmux process of its own, where its output can forge
 *   nothing and its waiting blocks nobody (security.md finding 4)
 * - `ui`: asks a terminal to show something, which the browser shows instead
 * - `nothing`: has no meaning for a browser and harms nobody
 * - a reason: not run
 */
export type Route = 'control' | 'outside' | 'ui' | 'nothing' | { readonly denied: string };

const TERMINAL_ONLY = { denied: 'it draws on a terminal client, and a browser is none' };
const OTHER_CLIENTS = { denied: 'it acts on other people’s terminals' };
const TREE_MODE = { denied: 'it opens a screen inside the pane that only terminals can show' };

/** All commands of tmux 3.2 to 3.7, by full name; what is not here is not run. */
export const ROUTES: Readonly<Record<string, Route>> = {
  'attach-session': 'ui',
  'bind-key': 'control',
  'break-pane': 'control',
  'capture-pane': 'outside',
  'choose-buffer': TREE_MODE,
  'choose-client': TREE_MODE,
  'choose-tree': 'ui',
  'clear-history': 'control',
  'clear-prompt-history': 'outside',
  'clock-mode': TREE_MODE,
  'command-prompt': 'ui',
  'confirm-before': 'ui',
  'copy-mode': 'ui',
  'customize-mode': TREE_MODE,
  'delete-buffer': 'control',
  'detach-client': 'ui',
  'display-menu': TERMINAL_ONLY,
  'display-message': 'ui',
  'display-panes': 'ui',
  'display-popup': TERMINAL_ONLY,
  'find-window': 'ui',
  'has-session': 'outside',
  'if-shell': 'outside',
  'join-pane': 'control',
  'kill-pane': 'control',
  'kill-server': 'outside',
  'kill-session': 'control',
  'kill-window': 'control',
  'last-pane': 'control',
  'last-window': 'control',
  'link-window': 'control',
  'list-buffers': 'outside',
  'list-clients': 'outside',
  'list-commands': 'outside',
  'list-keys': 'ui',
  'list-panes': 'outside',
  'list-sessions': 'outside',
  'list-windows': 'outside',
  'load-buffer': 'outside',
  'lock-client': OTHER_CLIENTS,
  'lock-server': OTHER_CLIENTS,
  'lock-session': OTHER_CLIENTS,
  'move-pane': 'control',
  'move-window': 'control',
  'new-pane': 'control',
  'new-session': 'ui',
  'new-window': 'control',
  'next-layout': 'control',
  'next-window': 'control',
  'paste-buffer': 'control',
  'pipe-pane': 'outside',
  'previous-layout': 'control',
  'previous-window': 'control',
  'refresh-client': 'nothing',
  'rename-session': 'control',
  'rename-window': 'control',
  'resize-pane': 'control',
  'resize-window': 'control',
  'respawn-pane': 'control',
  'respawn-window': 'control',
  'rotate-window': 'control',
  'run-shell': 'outside',
  'save-buffer': 'outside',
  'select-layout': 'control',
  'select-pane': 'control',
  'select-window': 'control',
  'send-keys': 'control',
  'send-prefix': 'control',
  'server-access': { denied: 'it changes who may use the tmux server' },
  'set-buffer': 'control',
  'set-environment': 'control',
  'set-hook': 'control',
  'set-option': 'control',
  'set-window-option': 'control',
  'show-buffer': 'outside',
  'show-environment': 'outside',
  'show-hooks': 'outside',
  'show-messages': { denied: 'it shows what everybody typed' },
  'show-options': 'outside',
  'show-prompt-history': 'outside',
  'show-window-options': 'outside',
  'source-file': 'outside',
  'split-window': 'control',
  'start-server': 'nothing',
  'suspend-client': TERMINAL_ONLY,
  'swap-pane': 'control',
  'swap-window': 'control',
  'switch-client': 'ui',
  'unbind-key': 'control',
  'unlink-window': 'control',
  'wait-for': 'outside',
};

/** Shown by the browser from what it has; nothing of them reaches tmux. */
const DRAWN = new Set(['choose-tree', 'copy-mode', 'display-panes', 'find-window', 'list-keys']);

/** Whether the browser shows this command by itself. Such a `switch-client` goes by names that one may see. */
export function isDrawnHere({ name, args }: ParsedCommand): boolean {
  const spec = resolveCommand(name);
  if ('error' in spec) return false;
  if (spec.name !== 'switch-client') return DRAWN.has(spec.name);
  const { flags } = parseFlags(spec.flags, args);
  return !flags.has('t') && !flags.has('c');
}

/** Commands after which the key tables may be others. */
export const CHANGES_KEYS: ReadonlySet<string> = new Set([
  'bind-key',
  'unbind-key',
  'source-file',
  'set-option',
  'set-window-option',
  'run-shell',
  'if-shell',
]);
