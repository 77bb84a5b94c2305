/** Bytes from `start` to `end`, both of them included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

const SINGLE = /^(\d{0,15})-(\d{0,15})$/;

/**
 * Reads a `Range` header (RFC 9110 §14.2) for a file of `size` bytes. Several ranges are not served: nobody needs
 * them, and they make one small request many times the work.
 *
 * @returns undefined when the whole file is meant: no header, or a unit nobody knows; `unsatisfiable` for everything
 *   else that is no single range with bytes in it
 */
export function parseRange(
  header: string | undefined,
  size: number,
): ByteRange | 'unsatisfiable' | undefined {
  const [, unit, spec = ''] = /^\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*=(.*)$/.exec(header ?? '') ?? [];
  if (unit?.toLowerCase() !== 'bytes') return undefined;
  const [, first, last] = SINGLE.exec(spec.trim()) ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) {
    return 'unsatisfiable';
  }
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 };
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  return start > end ? 'unsatisfiable' : { start, end };
}
