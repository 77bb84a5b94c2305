import type { Denial } from '#tmux-protocol';
import { AppError } from '../http/app-error.js';

/** The command policy said no; everything in it may be told. */
export class PolicyDeniedError extends AppError {
  readonly code = 'policy-denied';

  constructor({ command, rule, reason, argument }: Omit<Denial, 'allowed'>) {
    super(`“${command}” is not allowed: ${reason}.`, {
      details: { command, rule, reason, ...(argument === undefined ? {} : { argument }) },
    });
  }
}
