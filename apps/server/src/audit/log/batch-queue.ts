import type { AuditEntry } from '#audit-log';
import type { Durability } from './audit-log.js';
import type { AuditWriteError } from '../audit.errors.js';

/** Most entries that wait to be written; past it entries are refused. */
export const QUEUE_MAX = 10_000;
/** Most entries that are written at once: the lock is held, and the event loop with it, for that long. */
const BATCH_MAX = 256;

/** An entry that waits, and who waits for it. */
export interface Waiting {
  readonly entry: AuditEntry;
  readonly until: Durability;
  readonly resolve: (seq: number) => void;
  readonly reject: (error: AuditWriteError) => void;
}

/** Entries in the order they came, until they are written. */
export class BatchQueue {
  #waiting: Waiting[] = [];

  get length(): number {
    return this.#waiting.length;
  }

  get isFull(): boolean {
    return this.#waiting.length >= QUEUE_MAX;
  }

  add(waiting: Waiting): void {
    this.#waiting.push(waiting);
  }

  /** Takes the next ones out. */
  take(most = BATCH_MAX): readonly Waiting[] {
    return this.#waiting.splice(0, Math.min(most, BATCH_MAX));
  }

  /** Refuses all. */
  rejectAll(error: AuditWriteError): void {
    const all = this.#waiting;
    this.#waiting = [];
    for (const { reject } of all) reject(error);
  }
}
