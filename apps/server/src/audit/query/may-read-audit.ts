import type { Identity } from '../../auth/identity.js';
import { seesAll } from '../../auth/rights.js';
import { ForbiddenError } from '../../http/app-error.js';

/**
 * Admins read the log, those that are read-only too. It tells of every session, by name and maybe by what was
 * typed there, so whoever may not see all sessions does not see it.
 *
 * @throws ForbiddenError
 */
export function assertMayReadAudit(identity: Identity): void {
  if (identity.role !== 'admin') throw new ForbiddenError('Only admins read the audit log.');
  if (!seesAll(identity)) {
    throw new ForbiddenError(
      'The audit log tells of all sessions, and you may see only some of them.',
    );
  }
}
