import { boundedEntry, MAX_LINE_BYTES, TOO_LONG } from './bounds.js';
import { canonicalJson, type CanonicalInput } from './canonical-json.js';
import { fromHex, isHashHex, toHex } from './hex.js';
import type { Primitives } from './primitives.js';
import type { AuditEntry, AuditRecord } from './record.js';

/** `hash` stands for all that was before it: 64 zeros where nothing was. */
export const NO_HASH = '0'.repeat(64);

/**
 * What terminals and viewers act on although JSON allows it: DEL and C1, line separators, and what is invisible or
 * turns the direction of text. A list, not a property of Unicode: that would differ between engines, and with it how
 * a record is written.
 */
const ACTING =
  /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]/g;
/** Those, or an escape that canonical JSON would not have: such a line is not the bytes that were hashed. */
const ACTING_OR_ESCAPED =
  /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]|\\u(?!00[01])/;
const HASH_KEY = ',"hash":"';
/** `,"hash":"` + 64 digits + `"}` */
const HASH_PART_LENGTH = HASH_KEY.length + 64 + 2;
const ISO_TIME = /^\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const BRACE = 0x7d;
/** Its first byte is the leaf prefix 0x00, and stays so. */
const SCRATCH = new Uint8Array(MAX_LINE_BYTES + 34);

/** A record without its hash. */
export type Unhashed = Omit<AuditRecord, 'hash'>;
/** What the writer adds to an entry. */
export type Placement = Omit<Unhashed, keyof AuditEntry>;

/** A record as it is written. */
export interface WrittenRecord {
  /** Without the line feed. */
  readonly line: string;
  readonly hash: string;
}

/** Writes an entry in its place of the log; what is too long in it is cut. */
export function writeRecord(
  primitives: Primitives,
  entry: AuditEntry,
  placement: Placement,
): WrittenRecord {
  const { target, params, ...rest } = boundedEntry(entry);
  const details = [
    { ...(target === undefined ? {} : { target }), ...(params === undefined ? {} : { params }) },
    { ...(target === undefined ? {} : { target }), params: TOO_LONG },
    { target: TOO_LONG, params: TOO_LONG },
  ];
  for (const detail of details) {
    const written = encodeRecord(primitives, { ...rest, ...detail, ...placement });
    if (primitives.encode(written.line).length <= MAX_LINE_BYTES) return written;
  }
  // Its own strings alone: an action of this length is nobody's.
  const { action, actor } = { action: rest.action.slice(0, 256), actor: NOBODY };
  return encodeRecord(primitives, { action, actor, params: TOO_LONG, ...placement });
}

const NOBODY = { name: null, role: null, credential: null, method: null, address: null };

/** The one way in which a record is written. */
export function encodeRecord(primitives: Primitives, record: Unhashed): WrittenRecord {
  const json = canonicalJson(record as unknown as CanonicalInput);
  const bytes = primitives.encode(json);
  const hash = toHex(primitives.sha256(hashInput(bytes.subarray(0, -1), fromHex(record.prev))));
  return { line: lineOf(json, hash), hash };
}

/** Why a line is not as it was written. */
export type LineProblem = 'not-text' | 'not-json' | 'not-a-record' | 'not-canonical' | 'wrong-hash';

/** A line that was read. `record` is there also when it was changed, as far as it can be made out. */
export interface ReadLine {
  readonly record?: AuditRecord;
  readonly problem?: LineProblem;
  /** What its hash would have to be; only where that is not what it says. */
  readonly computedHash?: string;
}

/** Reads a line without its line feed, and checks that it is exactly what {@link encodeRecord} wrote. */
export function readLine(primitives: Primitives, bytes: Uint8Array): ReadLine {
  const text = primitives.decode(bytes);
  if (text === undefined) return { problem: 'not-text' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'not-json' }; // Somebody else's line is what is looked for here.
  }
  if (!isRecord(value)) return { problem: 'not-a-record' };
  const bodyEnd = bytes.length - HASH_PART_LENGTH;
  if (isAsHashed(text, bytes.length) && text.startsWith(HASH_KEY, text.length - HASH_PART_LENGTH)) {
    // These bytes are what was hashed, if the hash is right: no need to write it again.
    const computed = toHex(
      primitives.sha256(hashInput(bytes.subarray(0, bodyEnd), fromHex(value.prev))),
    );
    if (computed === value.hash) return { record: value };
  }
  return readSlowly(primitives, value, text);
}

/** Whether a line is, but for its hash, the bytes that were hashed. Nearly every line is told by its being ASCII. */
function isAsHashed(text: string, bytes: number): boolean {
  const isPlain = text.length === bytes && !text.includes('\\u') && !text.includes('\u007f');
  return isPlain || !ACTING_OR_ESCAPED.test(text);
}

function readSlowly(primitives: Primitives, record: AuditRecord, text: string): ReadLine {
  const { hash, ...unhashed } = record;
  let written: WrittenRecord;
  try {
    written = encodeRecord(primitives, unhashed);
  } catch {
    return { problem: 'not-a-record' }; // Nested deeper than any record.
  }
  if (written.hash !== hash) return { record, problem: 'wrong-hash', computedHash: written.hash };
  return written.line === text ? { record } : { record, problem: 'not-canonical' };
}

/** Reads a line for who only shows it: nothing is checked but that it is a record. */
export function parseRecord(text: string): AuditRecord | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined; // A torn line, or somebody else's.
  }
}

/** 0x00 ‖ the JSON, whose last brace is left out in `body` ‖ the hash before. Valid until the next call. */
function hashInput(body: Uint8Array, prev: Uint8Array): Uint8Array {
  const length = body.length + 34;
  // One memory for nearly all: what is written may be longer before it is cut.
  const input = length <= SCRATCH.length ? SCRATCH.subarray(0, length) : new Uint8Array(length);
  input.set(body, 1);
  input[body.length + 1] = BRACE;
  input.set(prev, body.length + 2);
  return input;
}

function lineOf(json: string, hash: string): string {
  const escaped = json.replaceAll(ACTING, (characters) =>
    Array.from({ length: characters.length }, (_, at) => escapeOf(characters.charCodeAt(at))).join(
      '',
    ),
  );
  return `${escaped.slice(0, -1)}${HASH_KEY}${hash}"}`;
}

const escapeOf = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`;

function isRecord(value: unknown): value is AuditRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { v, seq, ts, mono, host, epoch, action, actor, prev, hash } = value as Partial<
    Record<keyof AuditRecord, unknown>
  >;
  return (
    v === 1 &&
    isCount(seq) &&
    seq >= 1 &&
    isCount(mono) &&
    typeof ts === 'string' &&
    ISO_TIME.test(ts) &&
    typeof host === 'string' &&
    typeof epoch === 'string' &&
    typeof action === 'string' &&
    typeof actor === 'object' &&
    actor !== null &&
    isHashHex(prev) &&
    isHashHex(hash)
  );
}

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0;
