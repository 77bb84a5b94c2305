import { UnavailableError } from '../http/app-error.js';

/** A record could not be written. `message` says why, for people, without paths or contents. */
export class AuditWriteError extends Error {
  override readonly name = 'AuditWriteError';
}

/** What was asked for was not done, because it could not be recorded (`audit.required`). */
export class AuditUnavailableError extends UnavailableError {
  constructor(reason: string, options: { readonly cause?: unknown } = {}) {
    super(
      `This was not done, because it cannot be recorded in the audit log: ${reason}. Whoever runs this server must mend that.`,
      options,
    );
  }
}
