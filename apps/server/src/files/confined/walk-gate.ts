import { UnavailableError } from '../../http/app-error.js';

/** Paths that are walked at once: each holds up to three descriptors. */
export const WALKS_MAX = 32;
/** Walks that wait for their turn; further ones are refused. */
export const WALKS_WAITING_MAX = 1_024;

/** Lets so many at a time do something, in the order they came. */
export class WalkGate {
  #inside = 0;
  readonly #waiting: (() => void)[] = [];

  /** @throws UnavailableError when too many wait already */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.#inside >= WALKS_MAX) {
      if (this.#waiting.length >= WALKS_WAITING_MAX) {
        throw new UnavailableError('Too many files are asked for at once; try again.');
      }
      // Whoever leaves passes its place on, so the number inside stays.
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      this.#inside += 1;
    }
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#inside -= 1;
      else next();
    }
  }
}
