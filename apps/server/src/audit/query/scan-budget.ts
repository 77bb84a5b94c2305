/** How much of a log may be read for one purpose. */
export interface ScanBudget {
  /** @returns whether `bytes` more may be read; once it was false, reading ends */
  take(bytes: number): boolean;
}

/** For who reads on until they say so. */
export function untilAborted(signal: AbortSignal): ScanBudget {
  return { take: () => !signal.aborted };
}

/** For who reads to the end. */
export const UNLIMITED: ScanBudget = { take: () => true };

/** At most `maxBytes`, and none once `signal` is aborted. */
export function upTo(maxBytes: number, signal?: AbortSignal): ScanBudget {
  let left = maxBytes;
  return {
    take: (bytes) => {
      if (signal?.aborted === true) return false;
      left -= bytes;
      return left >= 0;
    },
  };
}

/** A budget that remembers whether it was spent. */
export class WatchedBudget implements ScanBudget {
  readonly #budget: ScanBudget;
  #isSpent = false;

  constructor(budget: ScanBudget) {
    this.#budget = budget;
  }

  get isSpent(): boolean {
    return this.#isSpent;
  }

  take(bytes: number): boolean {
    this.#isSpent ||= !this.#budget.take(bytes);
    return !this.#isSpent;
  }
}
