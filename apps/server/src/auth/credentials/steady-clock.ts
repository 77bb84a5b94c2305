import { uptime } from 'node:os';
import type { StoreContent } from '../../storage/store.js';

/** Differences below are clocks that drift; only steps are translated. */
const STEP_MIN_MS = 1_000;

/**
 * Time as the clock on the wall had it when this process began, and on from there as the machine runs, sleep included:
 * who sets the clock neither ends credentials nor brings them back.
 */
export class SteadyClock {
  readonly #began = Date.now() - uptime() * 1000;
  /** Steady times of what was read, by row and stored time: fixed when it was seen first. */
  #seen: ReadonlyMap<string, number> = new Map();

  now(): number {
    return this.#began + uptime() * 1000;
  }

  /** The time on the wall at a steady time, for others to read. */
  toWall(steady: number): number {
    return steady + this.#step();
  }

  /** What was stored by the clock on the wall, in steady times. */
  read(content: StoreContent): StoreContent {
    const step = this.#step();
    const latest = this.now() + STEP_MIN_MS;
    const seen = new Map<string, number>();
    const steady = (id: string, wall: number, most = Infinity): number => {
      const key = `${id} ${String(wall)}`;
      const time = this.#seen.get(key) ?? Math.min(wall - step, most);
      seen.set(key, time);
      return time;
    };
    // What a clock wrote that was ahead of ours must not live on until ours is there.
    const past = (id: string, wall: number): number => steady(id, wall, latest);
    const result = {
      ...content,
      tokens: content.tokens.map((row) => ({
        ...row,
        expiresAt: typeof row.expiresAt === 'number' ? steady(row.id, row.expiresAt) : null,
      })),
      signIns: content.signIns.map((row) => ({
        ...row,
        createdAt: past(row.id, row.createdAt),
        lastActiveAt: past(row.id, row.lastActiveAt),
      })),
    };
    this.#seen = seen;
    return result;
  }

  /** How far the clock on the wall was set since this process began. */
  #step(): number {
    const step = Date.now() - this.now();
    return Math.abs(step) < STEP_MIN_MS ? 0 : step;
  }
}
