import { INPUT_REORDER_MAX } from '#dto/constants';
import { InvalidRequestError } from '../http/app-error.js';

interface Waiting {
  readonly start: () => void;
  readonly abandon: (error: Error) => void;
}

/** How long an input may wait for one that was sent before it and did not arrive. */
const GAP_TIMEOUT_MS = 10_000;

/**
 * Puts the inputs of one connection in order: several requests are in flight at once, so that a key never
 * waits for an earlier key's answer, and may arrive in any order. `seq` counts from 1; one that was seen is
 * not run again, so that a client may send a request twice.
 */
export class InputSequence {
  #next = 1;
  readonly #waiting = new Map<number, Waiting>();
  #gapTimer: NodeJS.Timeout | undefined;

  /**
   * Starts `run` when all inputs before `seq` were started; its start must not wait for anything itself.
   * Resolves to undefined without running when `seq` was there before.
   * @throws InvalidRequestError when too many wait, or an earlier one never came
   */
  run<T>(seq: number, run: () => Promise<T>): Promise<T | undefined> {
    if (seq < this.#next || this.#waiting.has(seq)) return Promise.resolve(undefined);
    if (seq > this.#next && this.#waiting.size >= INPUT_REORDER_MAX) {
      throw new InvalidRequestError(`Input ${seq} came while ${this.#next} is still missing.`);
    }
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    this.#waiting.set(seq, { start: () => void run().then(resolve, reject), abandon: reject });
    this.#advance();
    return promise;
  }

  /** The stream has ended: what still waits will never run. */
  close(): void {
    this.#abandonAll('The connection has ended.');
  }

  #advance(): void {
    const missing = this.#next;
    for (let next = this.#take(); next !== undefined; next = this.#take()) next.start();
    // What comes after the missing one must not give it more time.
    if (this.#next === missing && this.#gapTimer !== undefined) return;
    this.#stopTimer();
    if (this.#waiting.size === 0) return;
    this.#gapTimer = setTimeout(() => this.#skipGap(), GAP_TIMEOUT_MS).unref();
  }

  #stopTimer(): void {
    clearTimeout(this.#gapTimer);
    this.#gapTimer = undefined;
  }

  #take(): Waiting | undefined {
    const waiting = this.#waiting.get(this.#next);
    if (waiting === undefined) return undefined;
    this.#waiting.delete(this.#next);
    this.#next += 1;
    return waiting;
  }

  /** An input is lost. What came after it is not run: half of what was typed is worse than none. */
  #skipGap(): void {
    const missing = this.#next;
    this.#next = Math.max(...this.#waiting.keys()) + 1;
    this.#abandonAll(`Input ${missing} did not arrive, so what was typed after it was not sent.`);
  }

  #abandonAll(message: string): void {
    this.#stopTimer();
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { abandon } of waiting) abandon(new InvalidRequestError(message));
  }
}
