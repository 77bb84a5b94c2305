import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditRecord } from '#audit-log';
import { waitFor } from '#testing';

/** Everything in the audit log of a state directory, the oldest first. */
export function auditRecords(stateDir: string): readonly AuditRecord[] {
  const dir = join(stateDir, 'audit');
  return readdirSync(dir)
    .filter((name) => name.endsWith('.jsonl'))
    .toSorted()
    .flatMap((name) => readFileSync(join(dir, name), 'utf8').split('\n').slice(0, -1))
    .map((line) => JSON.parse(line) as AuditRecord);
}

/** Waits until the log holds what `isThere` looks for. @returns the whole log */
export async function auditRecordsUntil(
  stateDir: string,
  isThere: (records: readonly AuditRecord[]) => boolean,
): Promise<readonly AuditRecord[]> {
  await waitFor(() => isThere(auditRecords(stateDir)));
  return auditRecords(stateDir);
}
