/** Lets those who wait for the disk at the same time share one wait. */
export class SyncGroup {
  readonly #sync: () => Promise<void>;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  constructor(sync: () => Promise<void>) {
    this.#sync = sync;
  }

  /** Resolves when a sync that began after this call is over. @throws what the sync throws */
  wait(): Promise<void> {
    // One that runs may have begun before what this caller wrote.
    this.#next ??= this.#afterRunning();
    return this.#next;
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
