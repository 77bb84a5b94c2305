/** Refusals of one kind from one place that are recorded in full, in a window. */
export const FULL_ANONYMOUS = 10;
/** The same of somebody who signed in: what they try is worth more. */
export const FULL_KNOWN = 100;
export const WINDOW_MS = 60_000;
/** Kinds counted at once; past it all others are one. */
export const KINDS_MAX = 1_000;
const OTHERS = 'others';

/** Refusals that were counted and not recorded. */
export interface Repeated<T> {
  readonly first: T;
  readonly count: number;
}

interface Kind<T> {
  seen: number;
  readonly first: T;
}

/** Keeps a flood of refusals from filling the disk: the first of a kind in full, the rest as a number. */
export class RefusalTally<T> {
  #kinds = new Map<string, Kind<T>>();

  /**
   * Counts one.
   *
   * @param kind what makes refusals alike: place, person, code; never what a client chooses freely
   * @returns whether it is to be recorded in full
   */
  count(kind: string, full: number, refusal: T): boolean {
    const key = this.#kinds.has(kind) || this.#kinds.size < KINDS_MAX ? kind : OTHERS;
    const known = this.#kinds.get(key) ?? { seen: 0, first: refusal };
    this.#kinds.set(key, known);
    known.seen += 1;
    return known.seen <= (key === OTHERS ? FULL_ANONYMOUS : full);
  }

  /** Begins a new window. @returns what was only counted in the last one */
  turn(fullOf: (first: T) => number): readonly Repeated<T>[] {
    const kinds = this.#kinds;
    this.#kinds = new Map();
    return [...kinds].flatMap(([key, { seen, first }]) => {
      const count = seen - (key === OTHERS ? FULL_ANONYMOUS : fullOf(first));
      return count > 0 ? [{ first, count }] : [];
    });
  }
}
