import type { ThrottlerStorage } from '@nestjs/throttler';

/** Most callers counted at once; past it the longest known is forgotten first. */
const CALLERS_MAX = 10_000;

interface Window {
  count: number;
  endsAt: number;
}

type ThrottlerRecord = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/**
 * Counts requests in fixed windows. Nest's own storage keeps and filters a list of all hits, which a
 * `POST` per key makes long; this costs the same at any rate.
 */
export class WindowCounter implements ThrottlerStorage {
  readonly #windows = new Map<string, Window>();

  increment(key: string, ttlMs: number, limit: number): Promise<ThrottlerRecord> {
    const now = Date.now();
    const window = this.#windowOf(key, ttlMs, now);
    window.count++;
    const seconds = Math.max(1, Math.ceil((window.endsAt - now) / 1000));
    const isBlocked = window.count > limit;
    return Promise.resolve({
      totalHits: window.count,
      timeToExpire: seconds,
      isBlocked,
      timeToBlockExpire: isBlocked ? seconds : 0,
    });
  }

  /** Takes one count back, for a request that turned out not to be what the limit is against. */
  giveBack(key: string): void {
    const window = this.#windows.get(key);
    if (window && window.count > 0) window.count--;
  }

  #windowOf(key: string, ttlMs: number, now: number): Window {
    const known = this.#windows.get(key);
    if (known && known.endsAt > now) return known;
    this.#windows.delete(key);
    this.#makeRoom(now);
    const window = { count: 0, endsAt: now + ttlMs };
    this.#windows.set(key, window);
    return window;
  }

  #makeRoom(now: number): void {
    if (this.#windows.size < CALLERS_MAX) return;
    for (const [key, window] of this.#windows) if (window.endsAt <= now) this.#windows.delete(key);
    const [oldest] = this.#windows.keys();
    if (this.#windows.size >= CALLERS_MAX && oldest !== undefined) this.#windows.delete(oldest);
  }
}
