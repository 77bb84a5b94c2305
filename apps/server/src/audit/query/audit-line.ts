import { TextDecoder } from 'node:util';
import type { AuditRecord } from '#audit-log';
import type { LogLine } from './log-line.js';
import type { Segment } from './segments.js';

/** Deepest nesting that a record of ours has, with room; deeper ones could exhaust the stack of who walks them. */
const DEPTH_MAX = 16;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A record, with its line as it stands in the log, without the line end. */
export interface RecordFinding {
  readonly kind: 'record';
  readonly record: AuditRecord;
  readonly line: Buffer;
}

/** A line of the log that is none. `tmuxy audit verify` says what that means. */
export interface DamageFinding {
  readonly kind: 'damaged';
  /** File name of the segment. */
  readonly segment: string;
  readonly offset: number;
  readonly length: number;
  readonly reason: 'too-long' | 'no-record' | 'torn';
}

export type AuditFinding = RecordFinding | DamageFinding;

/** What a line of a segment is. */
export function findingIn(line: LogLine, segment: Segment): AuditFinding {
  const record = line.bytes === undefined ? undefined : recordIn(line.bytes);
  if (line.isEnded && line.bytes !== undefined && record !== undefined) {
    return { kind: 'record', record, line: line.bytes };
  }
  const reason = line.bytes === undefined ? 'too-long' : line.isEnded ? 'no-record' : 'torn';
  return {
    kind: 'damaged',
    segment: segment.name,
    offset: line.offset,
    length: line.length,
    reason,
  };
}

/** @returns undefined when these bytes are no record. Whether its hash is right is for `verify` to say. */
export function recordIn(bytes: Buffer): AuditRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(bytes));
  } catch {
    return undefined; // No UTF-8, or no JSON.
  }
  return isRecord(value) ? value : undefined;
}

function isRecord(value: unknown): value is AuditRecord {
  if (!isObject(value) || !isShallow(value, DEPTH_MAX)) return false;
  const { v, seq, ts, mono, host, epoch, action, actor, prev, hash } = value;
  return (
    v === 1 &&
    Number.isSafeInteger(seq) &&
    Number(seq) > 0 &&
    typeof mono === 'number' &&
    [ts, host, epoch, action, prev, hash].every((text) => typeof text === 'string') &&
    isObject(actor) &&
    [actor['name'], actor['role'], actor['credential'], actor['method'], actor['address']].every(
      (text) => text === null || typeof text === 'string',
    ) &&
    [value['target'], value['params']].every((part) => part === undefined || isObject(part))
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isShallow(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((inner) => isShallow(inner, depth - 1));
}
