import type { AuditEntry } from '#audit-log';
import { AuditWriteError } from '../audit/audit.errors.js';
import type { AuditLog, AuditLogStatus } from '../audit/log/audit-log.js';

/** An audit log that keeps its entries where a test can read them, and fails when it is told to. */
export class MemoryAuditLog implements AuditLog {
  readonly entries: AuditEntry[] = [];
  /** Why it cannot be written; undefined: it can. */
  failure: string | undefined;
  readonly #stateListeners = new Set<(status: AuditLogStatus) => void>();

  get status(): AuditLogStatus {
    return {
      state: this.failure === undefined ? 'recording' : 'failing',
      reason: this.failure ?? null,
      size: this.entries.length,
      checkpoint: null,
      publicKey: 'test+00000000+AQ==',
    };
  }

  append(entry: AuditEntry): Promise<number> {
    if (this.failure !== undefined) return Promise.reject(new AuditWriteError(this.failure));
    return Promise.resolve(this.entries.push(entry));
  }

  onStateChange(listener: (status: AuditLogStatus) => void): () => void {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }

  /** Begins or stops failing, and tells of it. */
  fail(reason: string | undefined): void {
    this.failure = reason;
    for (const listener of this.#stateListeners) listener(this.status);
  }

  onAppended(): () => void {
    return () => undefined;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
