const BACKSLASH = 0x5c;
const ZERO = 0x30;

/**
 * Undoes the escaping of `%output` data: `\ooo` becomes the byte, everything else is raw (control.c,
 * `control_append_data`). Returns `bytes` itself when it holds no backslash. A backslash that does
 * not begin an escape is kept, so that nothing is ever lost.
 */
export function unescapeOutput(bytes: Uint8Array): Uint8Array {
  const first = bytes.indexOf(BACKSLASH);
  if (first === -1) return bytes;
  const out = new Uint8Array(bytes.length);
  out.set(bytes.subarray(0, first));
  let length = first;
  for (let i = first; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    const escaped = byte === BACKSLASH ? readOctal(bytes, i + 1) : -1;
    if (escaped === -1) {
      out[length++] = byte;
    } else {
      out[length++] = escaped;
      i += 3;
    }
  }
  return out.subarray(0, length);
}

/** Value of the three octal digits 000–377 at `at`, or -1 when they are not that. */
function readOctal(bytes: Uint8Array, at: number): number {
  const a = (bytes[at] ?? 0) - ZERO;
  const b = (bytes[at + 1] ?? 0) - ZERO;
  const c = (bytes[at + 2] ?? 0) - ZERO;
  return a >= 0 && a <= 3 && b >= 0 && b <= 7 && c >= 0 && c <= 7 ? (a << 6) | (b << 3) | c : -1;
}
