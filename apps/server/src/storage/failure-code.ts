import { errorCode } from '../config/error-code.js';

/** What names a failure of a database without quoting it: `EACCES`, `ECONNREFUSED`, `28P01`, `SQLite 14`. */
export function failureCodeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'unknown';
  if ('errcode' in error && typeof error.errcode === 'number') {
    return `SQLite ${String(error.errcode)}`;
  }
  return (
    errorCode(error) ?? ('cause' in error ? failureCodeOf(error.cause) : undefined) ?? 'unknown'
  );
}
