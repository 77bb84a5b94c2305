import { MAX_DEPTH } from './canonical-json.js';
import type { AuditEntry, AuditValue } from './record.js';

/** Longest string of a record, in UTF-16 code units; what is longer is cut, and says so. */
export const MAX_STRING = 4096;
/** Most items of a list and properties of an object; the rest is left out, and that is said. */
export const MAX_ITEMS = 256;
/** Longest line of a log in bytes, without the line feed. */
export const MAX_LINE_BYTES = 64 * 1024;

/** What stands for details that would make a line longer than {@link MAX_LINE_BYTES}. */
export const TOO_LONG = { cut: 'too long for one record' } as const;

/** The entry with every part bounded and every string well-formed, as it can be written. */
export function boundedEntry(entry: AuditEntry): AuditEntry {
  // `params` and `target` begin one level down, and the record itself is one.
  return bounded(entry as unknown as AuditValue, 0) as unknown as AuditEntry;
}

function bounded(value: AuditValue | undefined, depth: number): AuditValue {
  if (typeof value === 'string') return boundedText(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'boolean') return value;
  // What is no JSON at all can come only past the types.
  if (typeof value !== 'object' || value === null) return null;
  if (depth >= MAX_DEPTH - 1) return '[cut: nested too deep]';
  if (Array.isArray(value)) {
    const items = value.slice(0, MAX_ITEMS).map((item: AuditValue) => bounded(item, depth + 1));
    const rest = value.length - items.length;
    return rest === 0 ? items : [...items, `[cut: ${rest} more]`];
  }
  // The types say that nothing is undefined; whoever spreads optional things may differ.
  const properties = value as Readonly<Record<string, AuditValue | undefined>>;
  const entries = Object.entries(properties).filter(([, item]) => item !== undefined);
  const kept = entries
    .slice(0, MAX_ITEMS)
    .map(([key, item]) => [boundedText(key), bounded(item, depth + 1)] as const);
  const rest = entries.length - kept.length;
  return Object.fromEntries(rest === 0 ? kept : [...kept, ['cut', `${rest} more`]]);
}

function boundedText(text: string): string {
  if (text.length <= MAX_STRING) return wellFormed(text);
  // A pair that is cut in the middle becomes U+FFFD, as other lone halves do.
  return wellFormed(`${text.slice(0, MAX_STRING)}… [cut: ${text.length - MAX_STRING} more]`);
}

const wellFormed = (text: string): string => text.replaceAll(/\p{Cs}/gu, '\ufffd');
