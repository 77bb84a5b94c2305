import { slopeOf } from './statistics.ts';
import type { Point } from './statistics.ts';

/** How much more at the end than in the middle still counts as flat. */
export interface Tolerance {
  readonly absolute: number;
  /** Of the mean, for what is large; 0 to have only the absolute one. */
  readonly share: number;
}

export interface Trend {
  readonly verdict: 'flat' | 'growing';
  /** By the line through the second half: its end minus its beginning. */
  readonly rise: number;
  /** What the rise was held against. */
  readonly allowed: number;
}

/** Windows of {@link lowest}: enough to see a slope, and each as long as can be. */
const WINDOWS = 20;

/**
 * A garbage-collected process moves its memory by some megabytes between collections, and allocators
 * keep what they freed; a leak goes on beyond either.
 */
export const MEMORY_TOLERANCE: Tolerance = { absolute: 8 * 1024 * 1024, share: 0.05 };
/** What is retained when all garbage is collected: streams that are open, and caches. */
export const RETAINED_TOLERANCE: Tolerance = { absolute: 4 * 1024 * 1024, share: 0.05 };
/**
 * For runs of a few minutes, in which a server still loads code and its heap finds its size: they show
 * that the soak works, and find gross leaks only.
 */
export const SMOKE_MEMORY_TOLERANCE: Tolerance = { absolute: 32 * 1024 * 1024, share: 0.15 };
/** Streams and requests that are open at the moment of a sample. */
export const DESCRIPTOR_TOLERANCE: Tolerance = { absolute: 8, share: 0 };

/**
 * Whether the samples still rise in their second half. The first half is the warming up: code that is
 * loaded, caches and pools that fill.
 */
export function trendOf(samples: readonly Point[], tolerance: Tolerance): Trend {
  const half = samples.slice(Math.floor(samples.length / 2));
  const [first, last] = [half.at(0), half.at(-1)];
  if (!first || !last) throw new RangeError('no samples');
  const rise = slopeOf(half) * (last.x - first.x);
  const mean = half.reduce((sum, { y }) => sum + y, 0) / half.length;
  const allowed = Math.max(tolerance.absolute, tolerance.share * mean);
  return { verdict: rise > allowed ? 'growing' : 'flat', rise, allowed };
}

/**
 * The lowest sample of each of some windows: memory just after a collection, which is what a leak
 * raises. In between it rises in any case.
 */
export function lowest(samples: readonly Point[]): readonly Point[] {
  const size = Math.max(1, Math.floor(samples.length / WINDOWS));
  const windows = Array.from({ length: Math.ceil(samples.length / size) }, (_, index) =>
    samples.slice(index * size, (index + 1) * size),
  );
  return windows.map((window) => window.reduce((least, one) => (one.y < least.y ? one : least)));
}
