import type { AuditRecordView } from '#dto';

/** More to choose from would not be looked through. */
const NAMES_MAX = 50;

/** Different names that records have, by the alphabet. */
export function namesIn(
  records: readonly AuditRecordView[],
  nameOf: (record: AuditRecordView) => unknown,
): readonly string[] {
  const names = new Set<string>();
  for (const record of records) {
    const name = nameOf(record);
    if (typeof name === 'string' && name !== '') names.add(name);
    if (names.size === NAMES_MAX) break;
  }
  return [...names].sort((one, other) => one.localeCompare(other));
}
