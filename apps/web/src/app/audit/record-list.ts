import type { AuditPageView, AuditRecordView } from '#dto';

/** Most records in memory. Older pages are not loaded past it; live records push out the oldest. */
export const RECORDS_MAX = 5_000;

/** A stretch of the log as the filters let it through, newest first, each record once. */
export interface RecordList {
  readonly records: readonly AuditRecordView[];
  /** What to ask for as `before`; null: there is nothing older. */
  readonly next: number | null;
}

export const EMPTY_LIST: RecordList = { records: [], next: null };

/** With an older page behind it. */
export function withOlder(list: RecordList, page: AuditPageView): RecordList {
  return { records: merge(list.records, page.records), next: page.next };
}

/** With records that belong before or among its own; what is too much at its end can be loaded again. */
export function withNewer(list: RecordList, newer: readonly AuditRecordView[]): RecordList {
  const records = merge(list.records, newer);
  if (records.length <= RECORDS_MAX) return { ...list, records };
  const kept = records.slice(0, RECORDS_MAX);
  return { records: kept, next: kept.at(-1)?.seq ?? null };
}

/** Whether no more may be loaded. */
export function isFull({ records }: RecordList): boolean {
  return records.length >= RECORDS_MAX;
}

function merge(
  known: readonly AuditRecordView[],
  more: readonly AuditRecordView[],
): readonly AuditRecordView[] {
  if (more.length === 0) return known;
  const seqs = new Set(known.map(({ seq }) => seq));
  const added = more.filter(({ seq }) => !seqs.has(seq));
  return [...known, ...added].sort((one, other) => other.seq - one.seq);
}
