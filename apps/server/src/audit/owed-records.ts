import type { AuditEntry } from '#audit-log';
import type { AuditLog } from './log/audit-log.js';

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
  #isWriting = false;

  constructor(log: AuditLog) {
    this.#log = log;
  }

  add(entry: AuditEntry): void {
    if (this.#waiting.length < OWED_MAX) this.#waiting.push(entry);
    else this.#lost += 1;
    if (!this.#isWriting) void this.#write();
  }

  /** Resolves when all that was added was tried once more. */
  async #write(): Promise<void> {
    this.#isWriting = true;
    try {
      while (this.#waiting.length > 0) {
        const entries = this.#waiting;
        this.#waiting = [];
        const results = await Promise.allSettled(
          entries.map((entry) => this.#log.append(entry, 'written')),
        );
        const failed = entries.filter((_, index) => results[index]?.status === 'rejected');
        this.#waiting = [...failed, ...this.#waiting].slice(0, OWED_MAX);
        if (failed.length > 0) {
          setTimeout(() => void this.#write(), RETRY_MS).unref();
          return;
        }
        this.#tellLost();
      }
    } finally {
      this.#isWriting = this.#waiting.length > 0;
    }
  }

  #tellLost(): void {
    if (this.#lost === 0) return;
    this.#waiting.push({
      action: 'log.lost',
      actor: { name: null, role: null, credential: 'server', method: null, address: null },
      params: { records: this.#lost },
    });
    this.#lost = 0;
  }
}
