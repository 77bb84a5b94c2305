import type { Effect } from './types.js';

/** Options that only change looks, or how the session itself behaves (options-table.c of 3.2 to 3.7). */
const COSMETIC = `
activity-action aggressive-resize assume-paste-time automatic-rename base-index bell-action
clock-mode-colour clock-mode-style copy-mode-current-line-number-style copy-mode-current-match-style
copy-mode-line-number-style copy-mode-line-numbers copy-mode-mark-style copy-mode-match-style
copy-mode-position-style copy-mode-selection-style cursor-colour cursor-style display-panes-active-colour
display-panes-colour display-panes-time display-time fill-character initial-repeat-time main-pane-height
main-pane-width menu-border-lines menu-border-style menu-selected-style menu-style message-command-style
message-line message-style mode-keys mode-style monitor-activity monitor-bell monitor-silence
other-pane-height other-pane-width pane-active-border-style pane-base-index pane-border-indicators
pane-border-lines pane-border-status pane-border-style pane-colours pane-scrollbars
pane-scrollbars-position pane-scrollbars-style pane-status-current-style pane-status-style
popup-border-lines popup-border-style popup-style prompt-command-cursor-style prompt-cursor-colour
prompt-cursor-style remain-on-exit renumber-windows repeat-time scroll-on-clear
session-status-current-style session-status-style set-titles silence-action status status-bg status-fg
status-interval status-justify status-keys status-left-length status-left-style status-position
status-right-length status-right-style status-style tiled-layout-max-columns tree-mode-preview-style
visual-activity visual-bell visual-silence window-active-style window-status-activity-style
window-status-bell-style window-status-current-style window-status-last-style window-status-style
window-style word-separators wrap-search`;
/** Formats that tmux draws for terminals: as harmless as what they hold. */
const DRAWN = `
pane-border-format set-titles-string status-left status-right window-status-current-format
window-status-format window-status-separator`;
/** They decide how much the tmux server keeps, when it ends, and how big windows are. */
const SERVER = `
backspace buffer-limit codepoint-widths default-size default-terminal destroy-unattached
detach-on-destroy escape-time exit-empty exit-unattached extended-keys extended-keys-format focus-events
get-clipboard history-limit input-buffer-size message-limit prefix-timeout prompt-history-limit
set-clipboard terminal-features terminal-overrides variation-selector-always-wide window-size`;
/** Others that change what keys, programs and clients do, and can be seen by everybody. */
const SEEN = `
allow-passthrough allow-rename allow-set-title alternate-screen focus-follows-mouse mouse prefix prefix2
key-table synchronize-panes xterm-keys`;
/** They hold what is run or expanded later, or name files: never shown to those who may not see it. */
const RUN = `
automatic-rename-format command-alias copy-command copy-mode-position-format default-client-command
default-command default-shell editor history-file lock-after-time lock-command message-format
remain-on-exit-format status-format tree-mode-preview-format update-environment user-keys
window-pane-current-status-format window-pane-status-format`;
const HOOKS = `
after-bind-key after-capture-pane after-copy-mode after-display-message after-display-panes after-kill-pane
after-list-buffers after-list-clients after-list-keys after-list-panes after-list-sessions
after-list-windows after-load-buffer after-lock-server after-new-session after-new-window
after-paste-buffer after-pipe-pane after-queue after-refresh-client after-rename-session
after-rename-window after-resize-pane after-resize-window after-save-buffer after-select-layout
after-select-pane after-select-window after-send-keys after-set-buffer after-set-environment
after-set-hook after-set-option after-show-environment after-show-messages after-show-options
after-split-window after-unbind-key alert-activity alert-bell alert-silence client-active client-attached
client-dark-theme client-detached client-focus-in client-focus-out client-light-theme client-resized
client-session-changed command-error pane-died pane-exited pane-focus-in pane-focus-out
pane-mode-changed pane-set-clipboard pane-title-changed session-closed session-created session-renamed
session-window-changed window-layout-changed window-linked window-pane-changed window-renamed
window-resized window-unlinked`;

/** What setting an option means. */
export type OptionClass = 'cosmetic' | 'drawn' | 'server' | 'seen' | 'run' | 'hook';

const CLASSES: ReadonlyMap<string, OptionClass> = new Map(
  (
    [
      [COSMETIC, 'cosmetic'],
      [DRAWN, 'drawn'],
      [SERVER, 'server'],
      [SEEN, 'seen'],
      [RUN, 'run'],
      [HOOKS, 'hook'],
    ] as const
  ).flatMap(([names, kind]) =>
    names
      .trim()
      .split(/\s+/)
      .map((name) => [name, kind] as const),
  ),
);

/** Every option and hook of tmux 3.2 to 3.7, by full name. */
export const OPTION_NAMES: readonly string[] = [...CLASSES.keys()];

/** Spellings that tmux takes for others (options.c, `options_other_names`). */
const COLOR = /color(?=s?$)/;

/** An option as a command names it. */
export interface NamedOption {
  /** Full name. */
  readonly name: string;
  readonly kind: OptionClass;
}

/**
 * Finds the option that every version of tmux would take, as far as it has it: by whole name or by a
 * beginning that only one option of all versions has; an index may follow.
 *
 * @returns undefined for users' own options, for names that hold a format (tmux expands them), and for
 * what is no option or could be several
 */
export function resolveOption(text: string): NamedOption | undefined {
  const base = /^([a-z\d-]+)(?:\[\d{1,9}\])?$/.exec(text)?.[1]?.replace(COLOR, 'colour');
  if (base === undefined) return undefined;
  const exact = CLASSES.get(base);
  if (exact !== undefined) return { name: base, kind: exact };
  const [first, ...others] = OPTION_NAMES.filter((name) => name.startsWith(base));
  const kind = first === undefined ? undefined : CLASSES.get(first);
  return first === undefined || kind === undefined || others.length > 0
    ? undefined
    : { name: first, kind };
}

/** Whether an option's value may be shown to all who see the session. */
export function isShownOption({ kind }: NamedOption): boolean {
  return kind === 'cosmetic' || kind === 'drawn' || kind === 'server' || kind === 'seen';
}

/** Effects of setting an option of a class, whatever the value. */
export function effectsOfSetting(kind: OptionClass): readonly Effect[] {
  switch (kind) {
    case 'cosmetic':
    case 'drawn':
      return ['option'];
    case 'server':
      return ['option', 'server'];
    default:
      return ['option', 'later'];
  }
}
