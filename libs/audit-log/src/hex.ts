const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const HASH = /^[0-9a-f]{64}$/;

/** Lower-case, two digits a byte. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += DIGITS[byte] ?? '';
  return text;
}

/** Reads what {@link toHex} writes. The text is known to be hex. */
export function fromHex(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length / 2);
  for (let at = 0; at < bytes.length; at += 1) {
    bytes[at] = (digit(text.charCodeAt(at * 2)) << 4) | digit(text.charCodeAt(at * 2 + 1));
  }
  return bytes;
}

/** Whether `value` is how a SHA-256 hash is written in records. */
export const isHashHex = (value: unknown): value is string =>
  typeof value === 'string' && HASH.test(value);

/** `0`–`9` are 0x30–0x39, `a`–`f` 0x61–0x66. */
const digit = (code: number): number => (code < 0x3a ? code - 0x30 : code - 0x57);
