const FIRST_MS = 300;
const MAX_MS = 10_000;

/**
 * Wait before try number `attempt` (from 1), in milliseconds: doubles up to a bound, with up to half
 * taken off at random so that all browsers do not come back at once after a restart.
 * @param random in [0, 1)
 */
export function backOffMs(attempt: number, random: number): number {
  const full = Math.min(MAX_MS, FIRST_MS * 2 ** Math.min(attempt - 1, 10));
  return Math.round(full * (1 - random / 2));
}
