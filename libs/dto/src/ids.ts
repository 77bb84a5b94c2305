/** A tmux session id as tmux prints it (`#{session_id}`): `$` and a decimal number. */
export type SessionId = `$${number}`;
/** A tmux window id (`#{window_id}`): `@` and a decimal number. */
export type WindowId = `@${number}`;
/** A tmux pane id (`#{pane_id}`): `%` and a decimal number. Never reused within one tmux server. */
export type PaneId = `%${number}`;
