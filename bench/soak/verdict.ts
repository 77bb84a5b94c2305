import type { Point } from '../statistics.ts';
import {
  DESCRIPTOR_TOLERANCE,
  MEMORY_TOLERANCE,
  RETAINED_TOLERANCE,
  SMOKE_MEMORY_TOLERANCE,
  lowest,
  trendOf,
} from '../trend.ts';
import type { Tolerance, Trend } from '../trend.ts';

/** What is watched during a soak, at a moment. */
export interface Sample {
  /** Seconds since the beginning. */
  readonly at: number;
  /** In the server's memory, all garbage collected. */
  readonly retained: number;
  readonly serverRss: number;
  readonly serverDescriptors: number;
  readonly tmuxRss: number;
}

export interface Judged extends Trend {
  readonly what: string;
  readonly first: number;
  readonly last: number;
  readonly most: number;
  readonly unit: 'MB' | '';
}

const WATCHED: readonly {
  readonly what: string;
  readonly of: Exclude<keyof Sample, 'at'>;
  readonly unit: Judged['unit'];
  readonly tolerance: Tolerance;
}[] = [
  { what: 'server retains', of: 'retained', unit: 'MB', tolerance: RETAINED_TOLERANCE },
  { what: 'server RSS', of: 'serverRss', unit: 'MB', tolerance: MEMORY_TOLERANCE },
  {
    what: 'server descriptors',
    of: 'serverDescriptors',
    unit: '',
    tolerance: DESCRIPTOR_TOLERANCE,
  },
  { what: 'tmux RSS', of: 'tmuxRss', unit: 'MB', tolerance: MEMORY_TOLERANCE },
];
/** Below this, a run is a smoke run. */
const REAL_MINUTES = 10;

/** Whether each of what was watched stayed flat. */
export function judgeSoak(samples: readonly Sample[], minutes: number): readonly Judged[] {
  const isSmoke = minutes < REAL_MINUTES;
  return WATCHED.map(({ what, of, unit, tolerance }) => {
    const points = samples.map((sample): Point => ({ x: sample.at, y: sample[of] }));
    const values = points.map(({ y }) => y);
    const trend = trendOf(
      lowest(points),
      isSmoke && unit === 'MB' ? SMOKE_MEMORY_TOLERANCE : tolerance,
    );
    const [first = 0, last = 0] = [values.at(0), values.at(-1)];
    return { what, unit, first, last, most: Math.max(...values), ...trend };
  });
}

/** A row for each. */
export function soakTable(judged: readonly Judged[]): string {
  const text = (value: number, unit: Judged['unit']): string =>
    (unit === 'MB' ? `${(value / 1_000_000).toFixed(1)} MB` : value.toFixed(1)).padStart(10);
  const heads = ['first', 'last', 'most', 'rise', 'allowed'].map((head) => head.padStart(10));
  const rows = judged.map(({ what, unit, first, last, most, rise, allowed, verdict }) => {
    const values = [first, last, most, rise, allowed].map((value) => text(value, unit));
    return `${what.padEnd(20)}${values.join('')}  ${verdict}`;
  });
  return [`${''.padEnd(20)}${heads.join('')}`, ...rows].join('\n');
}
