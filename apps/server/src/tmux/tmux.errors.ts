import { AppError } from '../http/app-error.js';

/** Whether a failed command may have run: only `not-sent` may be tried again. */
export type Delivery = 'not-sent' | 'unknown' | 'answered';

/** tmux understood the command and refused it; the message is tmux's own. */
export class TmuxRejectedError extends AppError {
  readonly code = 'tmux-rejected';
  readonly delivery: Delivery = 'answered';
}

/** There is no tmux to ask: no server, no session, or the control client was lost. */
export class TmuxUnavailableError extends AppError {
  readonly code = 'unavailable';
  readonly delivery: Delivery;

  constructor(message: string, delivery: Delivery, options?: { cause?: unknown }) {
    super(message, options);
    this.delivery = delivery;
  }
}

/** The user's `command-alias` gives every name of a command another meaning. */
export class ShadowedCommandError extends AppError {
  readonly code = 'policy-denied';

  constructor(command: string) {
    const reason = 'aliases in tmux’s option command-alias give all its names another meaning';
    super(`“${command}” is not run: ${reason}. Remove one: tmux show-options -s command-alias.`, {
      details: { command, rule: 'command-alias', reason },
    });
  }
}

/** The tmux session does not exist (any more). */
export class SessionNotFoundError extends AppError {
  readonly code = 'not-found';

  constructor(name: string) {
    super(`There is no tmux session named “${name}”.`);
  }
}

/** The pane or window is not part of the session the token was made for. */
export class TargetNotFoundError extends AppError {
  readonly code = 'not-found';

  constructor(id: string) {
    super(`${id} is not in this session.`);
  }
}
