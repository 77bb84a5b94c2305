import { toAppError } from '../http/to-app-error.js';

/** Code and words of a failure, as the client hears them; a fault of ours is only `internal`. */
export function reasonOf(error: unknown): string {
  const known = toAppError(error);
  return known === undefined ? 'internal' : `${known.code}: ${known.message}`;
}
