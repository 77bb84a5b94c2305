import type { AuditEntry } from '#audit-log';
import type { ErrorCode } from '#dto';
import { toAppError } from '../http/to-app-error.js';

/** What a rule or a right said no to; everything else could not be done. */
const DENIALS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'unauthenticated',
  'session-token-required',
  'session-token-invalid',
  'forbidden',
  'read-only',
  'policy-denied',
  'origin-not-allowed',
  'host-not-allowed',
  'path-not-allowed',
  'rate-limited',
]);

/** How something ended that did not come off. */
export type Failure = Pick<AuditEntry, 'outcome' | 'decision' | 'rule' | 'reason'>;

/** What a record says of an error answer. */
export function failureOfCode(
  code: ErrorCode,
  message: string,
  details?: Readonly<Record<string, unknown>>,
): Failure {
  const rule = details?.['rule'];
  return {
    outcome: 'failed',
    ...(DENIALS.has(code) ? { decision: 'denied' } : {}),
    ...(typeof rule === 'string' ? { rule } : {}),
    reason: `${code}: ${message}`,
  };
}

/**
 * What a record says of what was thrown: code and words as the client hears them; a fault of ours is only `internal`.
 *
 * @param error or the reason itself, where somebody was refused in another way than by an error
 */
export function failureOf(error: unknown): Failure {
  if (typeof error === 'string') return { outcome: 'failed', decision: 'denied', reason: error };
  const known = toAppError(error);
  return known === undefined
    ? { outcome: 'failed', reason: 'internal' }
    : failureOfCode(known.code, known.message, known.details);
}
