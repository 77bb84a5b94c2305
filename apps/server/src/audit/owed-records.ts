import type { AuditEntry } from '#audit-log';
import type { AuditLog } from './log/audit-log.js';
import { SERVER } from './who.js';

/** Most records that wait for a log that fails; past it they are counted. */
export const OWED_MAX = 10_000;
/** How often a log that fails is tried again. */
const RETRY_MS = 1_000;

/**
 * Records of what has happened already: what cannot be written now is written when the log works again, in its
 * order, and what did not fit is at least counted.
 */
export class OwedRecords {
  readonly #log: AuditLog;
  #waiting: AuditEntry[] = [];
  #lost = 0;
  #writing: Promise<void> | undefined;
  #retry: NodeJS.Timeout | undefined;

  constructor(log: AuditLog) {
    this.#log = log;
  }

  add(entry: AuditEntry): void {
    if (this.#waiting.length < OWED_MAX) this.#waiting.push(entry);
    else this.#lost += 1;
    if (this.#retry === undefined) this.#begin();
  }

  /** Tries once more to write all that waits. */
  async flush(): Promise<void> {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#begin();
    await this.#writing;
    clearTimeout(this.#retry);
  }

  #begin(): void {
    if (this.#waiting.length > 0) this.#writing ??= this.#write();
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const entries = this.#waiting;
      this.#waiting = [];
      const appended = entries.map((entry) => this.#log.append(entry, 'written'));
      const results = await Promise.allSettled(appended);
      const failed = entries.filter((_, index) => results[index]?.status === 'rejected');
      if (failed.length > 0) {
        this.#keep(failed);
        break;
      }
      this.#tellLost();
    }
    // Here and not when it settles: what is added in between would wait for the next.
    this.#writing = undefined;
  }

  #keep(failed: readonly AuditEntry[]): void {
    const all = [...failed, ...this.#waiting];
    this.#waiting = all.slice(0, OWED_MAX);
    this.#lost += all.length - this.#waiting.length;
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      this.#begin();
    }, RETRY_MS).unref();
  }

  #tellLost(): void {
    if (this.#lost === 0) return;
    this.#waiting.push({ action: 'log.lost', ...SERVER, params: { records: this.#lost } });
    this.#lost = 0;
  }
}
