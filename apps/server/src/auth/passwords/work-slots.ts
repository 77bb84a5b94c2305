import { UnavailableError } from '../../http/app-error.js';

/** Lets a few do costly work at a time, some more wait, and refuses the rest. */
export class WorkSlots {
  readonly #waiting: (() => void)[] = [];
  readonly #queueMax: number;
  #free: number;

  constructor(slots: number, queueMax: number) {
    this.#free = slots;
    this.#queueMax = queueMax;
  }

  /** @throws UnavailableError when too many wait already */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await this.#wait();
    try {
      return await work();
    } finally {
      // The slot goes to the next in line, or back.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    }
  }

  #wait(): Promise<void> {
    if (this.#waiting.length >= this.#queueMax) {
      throw new UnavailableError('Too many people sign in right now. Try again in a moment.');
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
