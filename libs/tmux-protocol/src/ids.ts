/** A tmux session id (`#{session_id}`). Ids start again at 0 with a new tmux server. */
export type SessionId = `$${number}`;
/** A tmux window id (`#{window_id}`). */
export type WindowId = `@${number}`;
/** A tmux pane id (`#{pane_id}`). */
export type PaneId = `%${number}`;

// No leading zeros and a bound: one id has one spelling, and tmux counts in 32 bits.
const NUMBER = '(?:0|[1-9][0-9]{0,9})';
const SESSION_ID = new RegExp(`^\\$${NUMBER}$`);
const WINDOW_ID = new RegExp(`^@${NUMBER}$`);
const PANE_ID = new RegExp(`^%${NUMBER}$`);

/** Reads a session id, or undefined when `text` is anything else (a name, a target, an offset). */
export function parseSessionId(text: string): SessionId | undefined {
  return SESSION_ID.test(text) ? (text as SessionId) : undefined;
}

/** Reads a window id, or undefined when `text` is anything else. */
export function parseWindowId(text: string): WindowId | undefined {
  return WINDOW_ID.test(text) ? (text as WindowId) : undefined;
}

/** Reads a pane id, or undefined when `text` is anything else. */
export function parsePaneId(text: string): PaneId | undefined {
  return PANE_ID.test(text) ? (text as PaneId) : undefined;
}
