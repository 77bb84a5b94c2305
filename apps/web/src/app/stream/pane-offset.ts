/** Lone low surrogates U+DC80–U+DCFF stand for bytes that are not UTF-8 (`OutputEvent` in libs/dto). */
const INVALID_BYTES = /[\udc80-\udcff]/gu;

/** What to do with an `output` event, given where the pane's last one ended. */
export type Placement =
  | { readonly kind: 'write'; readonly data: string; readonly next: number }
  | { readonly kind: 'known' }
  | { readonly kind: 'gap' };

function bytesOf(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  if (codePoint >= 0xdc80 && codePoint <= 0xdcff) return 1;
  return codePoint < 0x10000 ? 3 : 4;
}

/** Bytes that tmux sent for `data`. */
export function byteLength(data: string): number {
  let bytes = 0;
  for (let i = 0; i < data.length; i++) {
    const codePoint = data.codePointAt(i) ?? 0;
    if (codePoint > 0xffff) i++;
    bytes += bytesOf(codePoint);
  }
  return bytes;
}

/** `data` without the characters that lie in its first `bytes` bytes. */
function skipBytes(data: string, bytes: number): string {
  let skipped = 0;
  let i = 0;
  while (i < data.length && skipped < bytes) {
    const codePoint = data.codePointAt(i) ?? 0;
    skipped += bytesOf(codePoint);
    i += codePoint > 0xffff ? 2 : 1;
  }
  return data.slice(i);
}

/**
 * Compares an output's position with the expected one: new bytes are written, known ones dropped.
 * @param expected position where the pane's last output ended, in bytes.
 */
export function placeOutput(expected: number, offset: number, data: string): Placement {
  if (offset > expected) return { kind: 'gap' };
  const next = offset + byteLength(data);
  if (next <= expected) return { kind: 'known' };
  return { kind: 'write', data: skipBytes(data, expected - offset), next };
}

/** `data` as tmux 3.3a shows it: bytes that are not UTF-8 print nothing (input.c). */
export function printable(data: string): string {
  return data.replace(INVALID_BYTES, '');
}
