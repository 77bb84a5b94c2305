const FIRST_LONE_BYTE = 0xdc80;
const LAST_LONE_BYTE = 0xdcff;
const encoder = new TextEncoder();

/**
 * The bytes of typed text: UTF-8, where a lone low surrogate U+DC00 + byte stands for that byte (PEP 383),
 * as in `output` events. Old mouse reports (X10) are such bytes.
 */
export function inputBytes(text: string): Uint8Array {
  if (!/[\udc80-\udcff]/.test(text)) return encoder.encode(text);
  const parts = Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code >= FIRST_LONE_BYTE && code <= LAST_LONE_BYTE
      ? Uint8Array.of(code - 0xdc00)
      : encoder.encode(character);
  });
  return Buffer.concat(parts);
}
