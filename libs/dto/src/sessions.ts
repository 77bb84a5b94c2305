import type { SessionId } from './ids.js';

/** One session in `GET /api/sessions`. Times are ISO 8601. */
export interface SessionView {
  readonly id: SessionId;
  readonly name: string;
  readonly windows: number;
  /** tmux clients attached, terminals and ours. */
  readonly attached: number;
  /** Browsers watching through this server. */
  readonly viewers: number;
  readonly createdAt: string;
  readonly lastActivityAt: string;
  /** Name of the current window and the command in its active pane. */
  readonly currentWindow: string;
  readonly currentCommand: string;
}

/** Reply of `GET /api/sessions`. `tmuxRunning` tells whether a tmux server runs at all. */
export interface SessionsView {
  readonly sessions: readonly SessionView[];
  readonly tmuxRunning: boolean;
}
