/** Largest number of milliseconds that a `Date` holds (ECMA-262 §21.4.1.1); file systems hold more. */
const DATE_MAX_MS = 8_640_000_000_000_000n;

/** A file's time, nearest to what can be said. */
export function dateOf(timeMs: bigint): Date {
  const above = timeMs > DATE_MAX_MS ? DATE_MAX_MS : timeMs;
  return new Date(Number(above < -DATE_MAX_MS ? -DATE_MAX_MS : above));
}

/** ISO 8601. */
export function isoTime(timeMs: bigint): string {
  return dateOf(timeMs).toISOString();
}
