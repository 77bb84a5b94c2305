import type { AuditRecordView } from '#dto';
import type { AuditRow } from './rows';

/** Typing that pauses for longer is two rows. */
export const PAUSE_MAX_MS = 60_000;

/**
 * One row for what one person typed into one pane without doing anything else in between: the log has a record for
 * every few keys, and nobody wants to read past them.
 * @param rows the newest first
 */
export function foldTyping(rows: readonly AuditRow[]): readonly AuditRow[] {
  const folded: AuditRow[] = [];
  for (const row of rows) {
    const newer = folded.at(-1);
    if (newer !== undefined && goesOn(newer, row)) folded[folded.length - 1] = joined(newer, row);
    else folded.push(row);
  }
  return folded;
}

function goesOn(newer: AuditRow, older: AuditRow): boolean {
  if (!isTyping(newer) || !isTyping(older)) return false;
  const from = newer.folded.at(-1) ?? newer.record;
  const pause = Date.parse(from.ts) - Date.parse(older.record.ts);
  return pause <= PAUSE_MAX_MS && placeOf(from) === placeOf(older.record);
}

function isTyping({ record, outcome }: AuditRow): boolean {
  return record.action === 'input.keys' && record.decision === 'allowed' && outcome === null;
}

function placeOf({ actor, target }: AuditRecordView): string {
  return JSON.stringify([actor, target?.['session'], target?.['pane']]);
}

/** Known by its oldest record: typing goes on at the other end. */
function joined(newer: AuditRow, older: AuditRow): AuditRow {
  const records = newer.folded.length > 0 ? newer.folded : [newer.record];
  return { ...newer, key: older.key, folded: [...records, older.record] };
}
