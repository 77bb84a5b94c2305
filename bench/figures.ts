export type Unit = 'ms' | 's' | 'kB' | 'MB' | 'MB/s' | '%' | 'bytes' | '';

/** One number that was measured of one target. */
export interface Figure {
  readonly measurement: string;
  /** What it is, with what it was measured under: `idle p99`, `50 viewers: CPU`. */
  readonly metric: string;
  readonly target: string;
  readonly value: number;
  readonly unit: Unit;
}

/** The project itself, as a target. */
export const OWN = 'tmuxy';
/** What no terminal in a browser can do better than: tmux alone. */
export const LIMIT = 'limit';

/** The value of a metric, if it was measured. */
export function find(
  figures: readonly Figure[],
  wanted: Pick<Figure, 'measurement' | 'metric' | 'target'>,
): number | undefined {
  return figures.find(
    ({ measurement, metric, target }) =>
      measurement === wanted.measurement && metric === wanted.metric && target === wanted.target,
  )?.value;
}
