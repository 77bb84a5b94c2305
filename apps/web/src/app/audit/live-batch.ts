import type { StreamEnvironment } from '../stream/stream-environment';

/** What comes within this time is handed on together: each handing on draws the list anew. */
export const BATCH_MS = 150;
/** So many are handed on at once, without waiting for more. */
export const BATCH_MAX = 500;

/** Collects what comes in quick succession. */
export class LiveBatch<T> {
  private readonly environment: StreamEnvironment;
  private readonly consume: (items: readonly T[]) => void;
  private items: T[] = [];
  private cancelTimer: () => void = () => undefined;

  constructor(environment: StreamEnvironment, consume: (items: readonly T[]) => void) {
    this.environment = environment;
    this.consume = consume;
  }

  add(item: T): void {
    this.items.push(item);
    if (this.items.length >= BATCH_MAX) this.handOn();
    else if (this.items.length === 1) {
      this.cancelTimer = this.environment.after(BATCH_MS, () => {
        this.handOn();
      });
    }
  }

  /** Forgets what was not handed on. */
  clear(): void {
    this.cancelTimer();
    this.items = [];
  }

  private handOn(): void {
    const { items } = this;
    this.clear();
    this.consume(items);
  }
}
