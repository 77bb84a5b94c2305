/** Percentiles of one measurement, in milliseconds. */
export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** A value at a time (or a count), for {@link slopeOf}. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Percentiles by nearest rank: each is a value that was measured.
 *
 * @throws RangeError when there are no samples
 */
export function percentiles(samples: readonly number[]): Percentiles {
  const sorted = samples.toSorted((a, b) => a - b);
  const rank = (percent: number): number => {
    const value = sorted[Math.ceil((percent / 100) * sorted.length) - 1];
    if (value === undefined) throw new RangeError('no samples');
    return value;
  };
  return { p50: rank(50), p95: rank(95), p99: rank(99) };
}

/** The middle sample by nearest rank. */
export function median(samples: readonly number[]): number {
  return percentiles(samples).p50;
}

/** How much y rises with each x, by least squares; 0 when all x are the same. */
export function slopeOf(points: readonly Point[]): number {
  const count = points.length;
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / count;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / count;
  const spread = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  const together = points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0);
  return spread > 0 ? together / spread : 0;
}
