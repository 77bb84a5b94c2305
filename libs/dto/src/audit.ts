import type { ErrorView } from './errors.js';

/** One record of the audit log as it is written, but for the hashes' proof (docs/audit.md explains each field). */
export interface AuditRecordView {
  readonly v: 1;
  readonly seq: number;
  /** ISO 8601. */
  readonly ts: string;
  readonly mono: number;
  readonly host: string;
  readonly epoch: string;
  readonly action: string;
  readonly actor: {
    readonly name: string | null;
    readonly role: string | null;
    readonly credential: string | null;
    readonly method: string | null;
    readonly address: string | null;
  };
  readonly target?: Readonly<Record<string, unknown>>;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly correlationId?: ErrorView['correlationId'];
  readonly decision?: 'allowed' | 'denied';
  readonly rule?: string;
  readonly reason?: string;
  /** `seq` of the intent that this is the outcome of. */
  readonly intent?: number;
  readonly outcome?: 'ok' | 'failed';
  readonly latencyUs?: number;
  readonly prev: string;
  readonly hash: string;
}

/** How the log is doing. */
export interface AuditStatusView {
  /** Whether what cannot be recorded is refused. */
  readonly required: boolean;
  readonly state: 'recording' | 'failing';
  /** Why it is failing, for people; null while it is not. */
  readonly reason: string | null;
  /** Records so far. */
  readonly size: number;
  /** The last signed checkpoint, a C2SP signed note; null: none yet. */
  readonly checkpoint: string | null;
  /** Public key as `tmuxy audit verify --key` takes it (C2SP verifier key). */
  readonly publicKey: string;
}

/**
 * Reply of `GET /api/audit`: the newest first. Filters: `actor`, `action` (exact, or `file.*`), `session`, `decision`,
 * `outcome`, `since`, `until` (ISO 8601), `q` (text anywhere, without case); `before` (a `seq`), `limit` (1–500, 100).
 */
export interface AuditPageView {
  readonly records: readonly AuditRecordView[];
  /** What to pass as `before` for more; null: there is no more. A page may be empty and still have more. */
  readonly next: number | null;
  readonly status: AuditStatusView;
}
