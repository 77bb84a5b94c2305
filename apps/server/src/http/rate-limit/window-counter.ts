import type { ThrottlerStorage } from '@nestjs/throttler';

/** Most callers counted at once in one bucket; past it the longest known is forgotten first. */
const CALLERS_MAX = 10_000;

interface Window {
  count: number;
  endsAt: number;
}

type ThrottlerRecord = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/** How often, or how much, one caller may in one window. */
export interface WindowLimit {
  readonly limit: number;
  readonly ttlMs: number;
}

/**
 * Counts in fixed windows. Nest's own storage keeps and filters a list of all hits, which a `POST` per key
 * makes long; this costs the same at any rate. Each bucket has its own memory, so that a flood of callers in
 * one makes no other forget.
 */
export class WindowCounter implements ThrottlerStorage {
  readonly #buckets = new Map<string, Map<string, Window>>();

  increment(
    key: string,
    ttlMs: number,
    limit: number,
    _blockDuration?: number,
    bucket = '',
  ): Promise<ThrottlerRecord> {
    return Promise.resolve(this.add(bucket, key, { ttlMs, limit }, 1));
  }

  /** Counts `amount` for `key` in `bucket`; blocked when that is more than the limit. */
  add(bucket: string, key: string, { ttlMs, limit }: WindowLimit, amount: number): ThrottlerRecord {
    const now = performance.now();
    const window = this.#windowOf(bucket, key, ttlMs, now);
    window.count += amount;
    const seconds = Math.max(1, Math.ceil((window.endsAt - now) / 1000));
    const isBlocked = window.count > limit;
    return {
      totalHits: window.count,
      timeToExpire: seconds,
      isBlocked,
      timeToBlockExpire: isBlocked ? seconds : 0,
    };
  }

  /** Takes one count back, for a request that turned out not to be what the limit is against. */
  giveBack(bucket: string, key: string): void {
    const window = this.#buckets.get(bucket)?.get(key);
    if (window && window.count > 0) window.count--;
  }

  #windowOf(bucket: string, key: string, ttlMs: number, now: number): Window {
    const windows = this.#buckets.get(bucket) ?? new Map<string, Window>();
    this.#buckets.set(bucket, windows);
    const known = windows.get(key);
    if (known && known.endsAt > now) return known;
    windows.delete(key);
    makeRoom(windows, now);
    const window = { count: 0, endsAt: now + ttlMs };
    windows.set(key, window);
    return window;
  }
}

function makeRoom(windows: Map<string, Window>, now: number): void {
  if (windows.size < CALLERS_MAX) return;
  // All windows of a bucket last as long, so the ended ones are the first.
  for (const [key, window] of windows) {
    if (window.endsAt > now) break;
    windows.delete(key);
  }
  const [oldest] = windows.keys();
  if (windows.size >= CALLERS_MAX && oldest !== undefined) windows.delete(oldest);
}
