import type { AuditRecordView } from '#dto';

/**
 * How it ended, as far as is known. `allowed`: it was, and nothing says that it failed; `pending`: allowed and
 * not over yet; `noted`: a record of something that nobody asked leave for.
 */
export type Verdict = 'allowed' | 'denied' | 'failed' | 'pending' | 'noted';

/** One line of the list: what was done or asked for, with how it ended. */
export interface AuditRow {
  /** `seq` of the intent where there is one: the same before and after the other half came. */
  readonly key: number;
  /** The intent; the outcome alone while its intent is not loaded. */
  readonly record: AuditRecordView;
  readonly outcome: AuditRecordView | null;
  readonly verdict: Verdict;
  /** Code and words of the refusal or failure. */
  readonly reason: string | null;
  /** All records of a row that stands for several of a kind, the newest first; empty: it does not. */
  readonly folded: readonly AuditRecordView[];
}

/**
 * Intents with their outcomes, in the records' order; an outcome whose intent is not among them stands for itself.
 * @param mayPartPairs whether an outcome may exist that is not among them: then none is awaited
 */
export function toRows(
  records: readonly AuditRecordView[],
  mayPartPairs: boolean,
): readonly AuditRow[] {
  const seqs = new Set(records.map(({ seq }) => seq));
  const outcomes = new Map(
    records.flatMap((record) => (record.intent === undefined ? [] : [[record.intent, record]])),
  );
  return records.flatMap((record) => {
    if (record.intent === undefined) {
      return [toRow(record, outcomes.get(record.seq) ?? null, mayPartPairs)];
    }
    return seqs.has(record.intent) ? [] : [toRow(record, record, mayPartPairs)];
  });
}

/** One row of its two halves; both the same: only the outcome is known. */
export function toRow(
  record: AuditRecordView,
  outcome: AuditRecordView | null,
  mayPartPairs: boolean,
): AuditRow {
  return {
    key: record.intent ?? record.seq,
    record,
    outcome,
    verdict: verdictOf(record, outcome, mayPartPairs),
    reason: outcome?.reason ?? record.reason ?? null,
    folded: [],
  };
}

/** Actions whose end is recorded only when they fail: a key press should not be two records. */
const ENDS_BY_FAILING = 'input.';

/** Whether a record is an intent whose outcome is in the log, or will be. */
export function awaitsOutcome(record: AuditRecordView): boolean {
  const isIntent = record.intent === undefined && record.outcome === undefined;
  return isIntent && record.decision === 'allowed' && !record.action.startsWith(ENDS_BY_FAILING);
}

function verdictOf(
  record: AuditRecordView,
  outcome: AuditRecordView | null,
  mayPartPairs: boolean,
): Verdict {
  if (record.decision === 'denied' || outcome?.decision === 'denied') return 'denied';
  const end = outcome?.outcome ?? record.outcome;
  if (end !== undefined) return end === 'ok' ? 'allowed' : 'failed';
  if (record.decision === undefined) return 'noted';
  return mayPartPairs || !awaitsOutcome(record) ? 'allowed' : 'pending';
}
