import { TextDecoder } from 'node:util';
import { type AuditRecord, parseRecord } from '#audit-log';
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
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    return undefined; // No UTF-8.
  }
  const record = parseRecord(text);
  return record !== undefined && isShown(record) ? record : undefined;
}

/** Whether the parts that are shown and searched are what their types say; nobody checked a hash yet. */
function isShown(record: AuditRecord): boolean {
  const { actor, target, params }: Readonly<Record<string, unknown>> = { ...record };
  return (
    isShallow(record, DEPTH_MAX) &&
    isObject(actor) &&
    [actor['name'], actor['role'], actor['credential'], actor['method'], actor['address']].every(
      (text) => text === null || typeof text === 'string',
    ) &&
    [target, params].every((part) => part === undefined || isObject(part))
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isShallow(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((inner) => isShallow(inner, depth - 1));
}
