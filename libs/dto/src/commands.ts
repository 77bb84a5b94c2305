import type { PaneId, WindowId } from './ids.js';

/** What a tmux command asks a terminal client to show; the browser draws it instead. */
export type UiRequest =
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'text'; readonly title: string; readonly lines: readonly string[] }
  | { readonly kind: 'confirm'; readonly message: string; readonly command: string }
  | {
      readonly kind: 'prompt';
      readonly prompts: readonly PromptField[];
      /** Sent back with the answers: `tmux` with `{command: template, answers}`. */
      readonly template: string;
    }
  | { readonly kind: 'copy-mode'; readonly pane: PaneId; readonly pageUp: boolean }
  | { readonly kind: 'key-table'; readonly table: string }
  | { readonly kind: 'choose-tree'; readonly of: 'sessions' | 'windows' }
  | { readonly kind: 'display-panes' }
  | { readonly kind: 'list-keys' }
  | { readonly kind: 'switch-session'; readonly session: string }
  | { readonly kind: 'detach' };

export interface PromptField {
  readonly label: string;
  readonly initial: string;
}

/** What running command lines and bindings answers. */
export interface RunResult {
  /** Lines the commands printed. */
  readonly output: readonly string[];
  /** What the browser should show, in order. */
  readonly ui: readonly UiRequest[];
}

export const SPLIT_DIRECTIONS = ['left', 'right', 'above', 'below'] as const;
/** Where the new pane goes, seen from the one that is split. */
export type SplitDirection = (typeof SPLIT_DIRECTIONS)[number];

/** tmux's preset layouts (layout-set.c). */
export const LAYOUT_NAMES = [
  'even-horizontal',
  'even-vertical',
  'main-horizontal',
  'main-vertical',
  'tiled',
] as const;
export type LayoutName = (typeof LAYOUT_NAMES)[number];

/** `cmd` of `POST /commands` → its `args` and its `result`. */
export interface Commands {
  'send-input': { args: { pane: PaneId; data: string; seq: number }; result: null };
  paste: { args: { pane: PaneId; data: string }; result: null };
  tmux: {
    args: { command: string; pane?: PaneId; answers?: readonly string[] };
    result: RunResult;
  };
  'run-binding': { args: { table: string; key: string; pane?: PaneId }; result: RunResult };
  'take-driver': { args: Readonly<Record<string, never>>; result: null };
  'set-size': { args: { cols: number; rows: number }; result: null };
  /** Asks for a fresh `snapshot` event on this stream. */
  resync: { args: Readonly<Record<string, never>>; result: null };
  /** Characters of event data read on this stream since `connection-info`, in all; a repeated number asks for a heartbeat. */
  ack: { args: { received: number }; result: null };
  /** Whether anybody can see the panes; while not, no `output` and no `frame` is sent. */
  'set-visibility': { args: { visible: boolean }; result: null };
  'select-pane': { args: { pane: PaneId }; result: null };
  'split-pane': { args: { pane: PaneId; direction: SplitDirection }; result: null };
  'kill-pane': { args: { pane: PaneId }; result: null };
  'zoom-pane': { args: { pane: PaneId }; result: null };
  /** Moves the pane's right or bottom border; exactly one of `cols` and `rows`. */
  'resize-pane': { args: { pane: PaneId; cols?: number; rows?: number }; result: null };
  'swap-pane': { args: { source: PaneId; target: PaneId }; result: null };
  'break-pane': { args: { pane: PaneId }; result: null };
  'clear-history': { args: { pane: PaneId }; result: null };
  'select-layout': { args: { window: WindowId; layout: LayoutName }; result: null };
  'select-window': { args: { window: WindowId }; result: null };
  'new-window': { args: Readonly<Record<string, never>>; result: null };
  'rename-window': { args: { window: WindowId; name: string }; result: null };
  'kill-window': { args: { window: WindowId }; result: null };
  /** Takes the place of `before` in the order (null: the last), moving the others along. */
  'move-window': { args: { window: WindowId; before: WindowId | null }; result: null };
  'rename-session': { args: { name: string }; result: null };
  'kill-session': { args: Readonly<Record<string, never>>; result: null };
}

export type CommandName = keyof Commands;
