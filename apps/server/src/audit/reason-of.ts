import { toAppError } from '../http/to-app-error.js';

/** Code and words of a failure, as the client hears them, or as given; a fault of ours is only `internal`. */
export function reasonOf(error: unknown): string {
  if (typeof error === 'string') return error;
  const known = toAppError(error);
  return known === undefined ? 'internal' : `${known.code}: ${known.message}`;
}
