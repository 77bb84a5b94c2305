/** The disk took longer than anybody waits. */
export class SyncLateError extends Error {
  override readonly name = 'SyncLateError';
}

/**
 * Lets those who wait for the disk at the same time share one wait. A disk that does not answer lets nobody wait for ever,
 * and however many ask, no more than two syncs are under way or due.
 */
export class SyncGroup {
  readonly #sync: () => Promise<void>;
  readonly #waitMs: number;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  /** When the first asked for `#next` (`performance.now`). */
  #askedAt = 0;

  constructor(sync: () => Promise<void>, waitMs: number) {
    this.#sync = sync;
    this.#waitMs = waitMs;
  }

  /** Resolves when a sync that began after this call is over. @throws what the sync throws; SyncLateError */
  wait(): Promise<void> {
    if (this.#next === undefined) {
      this.#askedAt = performance.now();
      // One that runs may have begun before what this caller wrote.
      this.#next = this.#afterRunning();
    } else if (performance.now() - this.#askedAt > this.#waitMs) {
      return Promise.reject(new SyncLateError('the one before is not over'));
    }
    return inTime(this.#next, this.#waitMs);
  }

  async #afterRunning(): Promise<void> {
    try {
      await this.#running;
    } catch {
      // That is for those who waited for it.
    }
    this.#next = undefined;
    this.#running = this.#sync();
    await this.#running;
  }
}

async function inTime(sync: Promise<void>, waitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      // After what has come in meanwhile: it may be this process that was late.
      setImmediate(() => {
        reject(new SyncLateError('it takes too long'));
      });
    }, waitMs);
  });
  try {
    await Promise.race([sync, late]);
  } finally {
    clearTimeout(timer);
  }
}
