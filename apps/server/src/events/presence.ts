/** Up to so many viewers everybody is told at once who comes and goes. */
export const FEW_VIEWERS = 20;
/**
 * With more, the list is told at most once in this time for each of them: it is as long as they are many and goes
 * to each, so that a crowd that comes back after a restart would otherwise cost its number cubed.
 */
export const PRESENCE_MS_PER_VIEWER = 5;

/** Decides when viewers are told who is here. */
export class Presence {
  readonly #count: () => number;
  readonly #tell: () => void;
  #timer: NodeJS.Timeout | undefined;
  #isUntold = false;

  constructor(count: () => number, tell: () => void) {
    this.#count = count;
    this.#tell = tell;
  }

  changed(): void {
    if (this.#timer !== undefined) {
      this.#isUntold = true;
      return;
    }
    this.#tell();
    this.#rest();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isUntold = false;
  }

  #rest(): void {
    const count = this.#count();
    if (count <= FEW_VIEWERS) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (!this.#isUntold) return;
      this.#isUntold = false;
      this.changed();
    }, count * PRESENCE_MS_PER_VIEWER).unref();
  }
}
