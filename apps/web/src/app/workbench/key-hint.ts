import type { KeyBindingsEvent } from '#dto';

/** Actions of the menus, each with the command list that tmux binds to a key for it. */
const COMMANDS = {
  'split-right': /^split-window -h$/,
  'split-below': /^split-window( -v)?$/,
  zoom: /^resize-pane -Z$/,
  swap: /^swap-pane -D$/,
  break: /^break-pane$/,
  paste: /^paste-buffer( -p)?$/,
  'kill-pane': /(^|\s)kill-pane$/,
  'new-window': /^new-window$/,
  'rename-window': /rename-window/,
  'kill-window': /(^|\s)kill-window$/,
  'rename-session': /rename-session/,
  'choose-tree': /^choose-tree -Zs$/,
  'list-keys': /^list-keys -N$/,
  'command-prompt': /^command-prompt$/,
  'even-horizontal': /^select-layout even-horizontal$/,
  'even-vertical': /^select-layout even-vertical$/,
  'main-horizontal': /^select-layout main-horizontal$/,
  'main-vertical': /^select-layout main-vertical$/,
  tiled: /^select-layout tiled$/,
  detach: /^detach-client$/,
} as const;

export type HintedAction = keyof typeof COMMANDS;

/** Which keys do what a menu item does, as tmux writes them: `C-b %`; empty when none does. */
export function keyHint(bindings: KeyBindingsEvent | null, action: HintedAction): string {
  const prefix = bindings?.prefixes[0];
  const binding = bindings?.tables['prefix']?.find(({ command }) =>
    COMMANDS[action].test(command.trim()),
  );
  return prefix === undefined || binding === undefined ? '' : `${prefix} ${binding.key}`;
}
