/** Percentiles of one measurement, in milliseconds. */
export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
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
