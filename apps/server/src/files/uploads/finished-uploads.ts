import type { Account } from '../../auth/accounts.js';

/** Finished uploads that are remembered; the oldest are forgotten. */
const REMEMBERED_MAX = 1_000;

interface Finished {
  readonly account: Account;
  readonly size: number;
}

/** Uploads that are in their place: who did not hear of it asks again, and is not to begin anew. */
export class FinishedUploads {
  readonly #byId = new Map<string, Finished>();

  add(id: string, finished: Finished): void {
    this.#byId.set(id, finished);
    const [oldest] = this.#byId.keys();
    if (this.#byId.size > REMEMBERED_MAX && oldest !== undefined) this.#byId.delete(oldest);
  }

  /** @returns its size; undefined when there is none of that id and account */
  sizeOf(id: string, account: Account): number | undefined {
    const finished = this.#byId.get(id);
    return finished?.account === account ? finished.size : undefined;
  }
}
