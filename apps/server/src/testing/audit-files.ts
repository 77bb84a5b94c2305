import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AuditRecord, segmentName } from '#audit-log';

/** A record as the log has it; its hashes are well-formed and not right. */
export function auditRecord(seq: number, rest: Partial<AuditRecord> = {}): AuditRecord {
  return {
    v: 1,
    seq,
    ts: new Date(Date.UTC(2026, 0, 1) + seq * 1000).toISOString(),
    mono: seq * 1_000_000,
    host: 'box',
    epoch: 'e',
    action: 'test.act',
    actor: {
      name: 'ana',
      role: 'admin',
      credential: 'sign-in:1',
      method: 'password',
      address: '::1',
    },
    prev: 'a'.repeat(64),
    hash: 'b'.repeat(64),
    ...rest,
  };
}

/** Its line, with the end. */
export function auditLine(seq: number, rest: Partial<AuditRecord> = {}): string {
  return `${JSON.stringify(auditRecord(seq, rest))}\n`;
}

/** Lines of the records `first` to `last`. */
export function auditLines(first: number, last: number, rest: Partial<AuditRecord> = {}): string {
  return Array.from({ length: last - first + 1 }, (_, at) => auditLine(first + at, rest)).join('');
}

/** Writes a segment, and the directory when it is missing. @returns its path */
export function writeSegment(dir: string, firstSeq: number, content: string | Buffer): string {
  mkdirSync(dir, { recursive: true });
  const path = join(dir, segmentName(firstSeq));
  writeFileSync(path, content);
  return path;
}

export function appendToSegment(dir: string, firstSeq: number, content: string): void {
  appendFileSync(join(dir, segmentName(firstSeq)), content);
}
