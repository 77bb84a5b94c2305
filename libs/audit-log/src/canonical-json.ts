import type { AuditValue } from './record.js';

/** How deep a record may be nested: beyond what anybody writes, and far from the end of the stack. */
export const MAX_DEPTH = 16;

/** Undefined stands for a property that is absent. */
export type CanonicalInput =
  AuditValue | undefined | readonly CanonicalInput[] | { readonly [key: string]: CanonicalInput };

/**
 * JSON Canonicalization Scheme (RFC 8785): properties sorted by their UTF-16 code units, no white space, numbers and
 * strings as ECMAScript writes them. Strings are well-formed already.
 *
 * @throws RangeError when it is nested deeper than {@link MAX_DEPTH}
 */
export function canonicalJson(value: CanonicalInput, depth = 0): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  if (depth >= MAX_DEPTH) throw new RangeError('nested too deep');
  if (isList(value)) {
    return `[${value.map((item) => canonicalJson(item, depth + 1)).join(',')}]`;
  }
  let text = '';
  for (const key of Object.keys(value).sort()) {
    const item = value[key];
    if (item === undefined) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(item, depth + 1)}`;
  }
  return `{${text}}`;
}

/** `Array.isArray` does not know lists that are read-only. */
const isList = (value: object): value is readonly CanonicalInput[] => Array.isArray(value);
