import type { AuditEntry } from '#audit-log';

/** Until when to wait: `written` survives the end of this process, `synced` that of the machine. */
export type Durability = 'written' | 'synced';

/** How a log is doing. */
export interface AuditLogStatus {
  readonly state: 'recording' | 'failing';
  /** Why it fails, for people; null while it records. */
  readonly reason: string | null;
  /** Records in the log, of all writers; the last `seq`. */
  readonly size: number;
  /** The last signed checkpoint (C2SP signed note); null: none yet. */
  readonly checkpoint: string | null;
  /** C2SP verifier key. */
  readonly publicKey: string;
}

/** A log that is open for writing. Several processes may write to one directory. */
export interface AuditLog {
  readonly status: AuditLogStatus;
  /**
   * Adds a record. What could not be written leaves no trace in the log, and its `seq` goes to the next.
   *
   * @returns its `seq`, when it is as durable as `until` says
   * @throws AuditWriteError when it could not be recorded
   */
  append(entry: AuditEntry, until: Durability): Promise<number>;
  /** Told when `status.state` changes. @returns a function that stops it */
  onStateChange(listener: (status: AuditLogStatus) => void): () => void;
  /** Told when records were added by this process. @returns a function that stops it */
  onAppended(listener: () => void): () => void;
  /** Writes what waits, signs a last checkpoint and lets the directory go. */
  close(): Promise<void>;
}
