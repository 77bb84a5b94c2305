import { httpResource } from '@angular/common/http';
import { computed } from '@angular/core';
import type { Signal } from '@angular/core';
import type { AuditPageView, AuditRecordView } from '#dto';
import { awaitsOutcome, toRow } from './rows';
import type { AuditRow } from './rows';

/** An outcome is looked for among so many records after its intent. */
export const OUTCOME_WITHIN = 200;

/**
 * A row with both of its halves: what filters or the end of a page left out is asked for. Until it came, or when it
 * is not found, the row as it is. Call it where something can be injected.
 */
export function wholeRow(row: Signal<AuditRow>): Signal<AuditRow> {
  const found = httpResource<AuditPageView>(() => {
    const params = whereOtherHalfIs(row());
    return params === null ? undefined : { url: 'api/audit', params };
  });
  return computed(() => {
    const given = row();
    const records = found.hasValue() ? found.value().records : [];
    return withOtherHalf(given, records);
  });
}

/** The page on which the missing half is; null: none is missing. */
export function whereOtherHalfIs({
  record,
  outcome,
}: AuditRow): { readonly before: number; readonly limit: number } | null {
  if (record.intent !== undefined) return { before: record.intent + 1, limit: 1 };
  if (outcome !== null || !awaitsOutcome(record)) return null;
  return { before: record.seq + OUTCOME_WITHIN + 1, limit: OUTCOME_WITHIN };
}

/** A row completed by what is among `records`. */
export function withOtherHalf(row: AuditRow, records: readonly AuditRecordView[]): AuditRow {
  const { record } = row;
  if (record.intent !== undefined) {
    const intent = records.find(({ seq }) => seq === record.intent);
    return intent === undefined ? row : toRow(intent, record, false);
  }
  if (row.outcome !== null) return row;
  const outcome = records.find(({ intent }) => intent === record.seq);
  return outcome === undefined ? row : toRow(record, outcome, false);
}
