import { AppError } from '../../http/app-error.js';

/** A typed command line that cannot be read; the message says where. */
export class CommandLineError extends AppError {
  readonly code = 'invalid-request';
}

/** A command that is not run from a browser, and why. */
export class CommandDeniedError extends AppError {
  readonly code = 'policy-denied';

  constructor(command: string, reason: string) {
    super(`“${command}” is not run from here: ${reason}.`, {
      details: { command, rule: 'browser', reason },
    });
  }
}

/** No such binding in tmux's key tables (any more). */
export class BindingNotFoundError extends AppError {
  readonly code = 'not-found';

  constructor(table: string, key: string) {
    super(`No key ${key} is bound in the table “${table}”.`);
  }
}
