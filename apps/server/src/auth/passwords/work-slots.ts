import { UnavailableError } from '../../http/app-error.js';

/** Lets a few do costly work at a time, some more wait, and refuses the rest. */
export class WorkSlots {
  readonly #waiting: (() => void)[] = [];
  readonly #queueMax: number;
  readonly #refusal: string;
  #free: number;

  /** @param refusal what people read who are refused */
  constructor(
    slots: number,
    queueMax: number,
    refusal = 'Too many people sign in right now. Try again in a moment.',
  ) {
    this.#free = slots;
    this.#queueMax = queueMax;
    this.#refusal = refusal;
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
      throw new UnavailableError(this.#refusal);
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
