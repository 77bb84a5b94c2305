/** Soonest that anybody should come back to a server that stops. */
const FIRST_MS = 500;
/** Latest that anybody is told to wait. */
const LAST_MS = 5_000;
/** Time for each of those that come back, as long as there is. */
const EACH_MS = 10;

/** When the viewer at `index` of `count` should come back after a restart: one after the other, within bounds. */
export function returnMs(index: number, count: number): number {
  const spread = Math.min(LAST_MS - FIRST_MS, count * EACH_MS);
  return FIRST_MS + Math.round((spread * index) / Math.max(1, count));
}
