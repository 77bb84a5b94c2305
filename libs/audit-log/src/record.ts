/** What a record may hold beside its own fields: JSON without fractions, so that it has one way of writing. */
export type AuditValue =
  string | number | boolean | null | readonly AuditValue[] | { readonly [key: string]: AuditValue };

/** Who did it, as far as was known. Never a secret. */
export interface AuditActor {
  /** Name of the person or program; null: nobody had signed in. */
  readonly name: string | null;
  /** `viewer`, `operator` or `admin`; null where nobody had signed in, and for the command line. */
  readonly role: string | null;
  /** What it came with (`sign-in:<id>`, `token:<id>`, …), `cli` or `server`; null: nothing. */
  readonly credential: string | null;
  /** How they proved who they are (`password`, `oidc` …), null when they did not. */
  readonly method: string | null;
  /** Client address, null for what happened on the machine itself. */
  readonly address: string | null;
}

/** `denied`: by a rule or a right. What was allowed may fail all the same: that is its outcome. */
export type AuditDecision = 'allowed' | 'denied';
export type AuditOutcome = 'ok' | 'failed';

/** What happened, before it has its place in the log. */
export interface AuditEntry {
  /** What was done or asked for: lower-case words with a dot, such as `sign-in`, `tmux.command`, `file.read`. */
  readonly action: string;
  readonly actor: AuditActor;
  /** What it was done to; absent: nothing in particular. */
  readonly target?: Readonly<Record<string, AuditValue>>;
  /** With what; secrets already masked. */
  readonly params?: Readonly<Record<string, AuditValue>>;
  /** Id that joins it with the request's answer and the server's log. */
  readonly correlationId?: string;
  readonly decision?: AuditDecision;
  /** Rule of the policy that decided. */
  readonly rule?: string;
  /** Code and words of the refusal or failure. */
  readonly reason?: string;
  /** `seq` of the intent that this is the outcome of. An intent has no `outcome`, an outcome has both. */
  readonly intent?: number;
  readonly outcome?: AuditOutcome;
  /** From intent to outcome, in microseconds. */
  readonly latencyUs?: number;
}

/**
 * A record of the log, one line of JSON. `hash` = SHA-256(0x00 ‖ JCS(the record without `hash`) ‖ the 32 bytes of
 * `prev`), JCS being RFC 8785; so that it is the leaf hash of an RFC 6962 tree over all records as well.
 */
export interface AuditRecord extends AuditEntry {
  /** Version of this format. */
  readonly v: 1;
  /** 1, 2, 3 … without a gap over all segments. */
  readonly seq: number;
  /** ISO 8601, UTC, milliseconds; may go back when the clock is set back. */
  readonly ts: string;
  /** Microseconds since the writing process began; never goes back within an `epoch`. */
  readonly mono: number;
  /** Name of the machine. */
  readonly host: string;
  /** Random id of the writing process. */
  readonly epoch: string;
  /** `hash` of the record before, 64 hex digits; 64 zeros before the first. */
  readonly prev: string;
  readonly hash: string;
}
