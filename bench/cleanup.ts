/** One thing to undo. */
export type Step = () => unknown;

/**
 * What was begun and must be ended, last begun first. A scope ends with the part of the run it was
 * made for; the whole ends whatever is left, also after a signal.
 */
export class Cleanup {
  readonly #steps: Step[] = [];
  #isEnded = false;

  /** Whether nothing is to be begun any more. */
  get isEnded(): boolean {
    return this.#isEnded;
  }

  add(step: Step): void {
    this.#steps.push(step);
  }

  /** Runs with a scope of its own, which is ended whatever happens. */
  async scope<T>(work: (scope: Cleanup) => Promise<T>): Promise<T> {
    if (this.#isEnded) throw new Error('the run was ended');
    const inner = new Cleanup();
    const step: Step = () => inner.end();
    this.#steps.push(step);
    try {
      return await work(inner);
    } finally {
      await inner.end();
      const index = this.#steps.indexOf(step);
      if (index !== -1) this.#steps.splice(index, 1);
    }
  }

  /** Undoes everything; a step that fails is told and does not keep the others from running. */
  async end(): Promise<void> {
    this.#isEnded = true;
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      try {
        await step();
      } catch (error) {
        console.error('could not clean up:', error);
      }
    }
  }
}

/** A program that was told to stop twice stops without tidying up. */
const EXIT_ON_SIGNAL = 130;

/** A terminal, npm and `timeout` each signal more than once for one wish of a person. */
const SAME_WISH_MS = 1000;

/** Runs a whole program with one cleanup, which also runs at SIGINT, SIGTERM and SIGHUP. */
export async function withCleanup(work: (cleanup: Cleanup) => Promise<void>): Promise<void> {
  const cleanup = new Cleanup();
  const stopping = new AbortController();
  const isStopping = (): boolean => stopping.signal.aborted;
  let stoppedAt = 0;
  const stop = (): void => {
    if (isStopping()) {
      if (performance.now() - stoppedAt > SAME_WISH_MS) process.exit(EXIT_ON_SIGNAL);
      return;
    }
    stoppedAt = performance.now();
    stopping.abort();
    console.error('stopping …');
    void cleanup.end().then(() => process.exit(EXIT_ON_SIGNAL));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  try {
    await work(cleanup);
  } catch (error) {
    // What fails because its browser or server was just ended is no news.
    if (isStopping()) await new Promise(() => undefined);
    throw error;
  } finally {
    if (!isStopping()) await cleanup.end();
  }
}
