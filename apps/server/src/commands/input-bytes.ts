import { encodedLength } from '#tmux-protocol';

/** With the `u` flag, halves of pairs do not match. */
const LONE_BYTE = /[\udc80-\udcff]/gu;
const encoder = new TextEncoder();

/**
 * The bytes of typed text: UTF-8, where a lone low surrogate U+DC00 + byte stands for that byte (PEP 383),
 * as in `output` events. Old mouse reports (X10) are such bytes. A surrogate that stands for none becomes
 * U+FFFD. Written into one array: a paste of 4 MiB must not become millions of small ones.
 */
export function inputBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(encodedLength(text));
  let length = 0;
  let from = 0;
  for (const { index } of text.matchAll(LONE_BYTE)) {
    length += encoder.encodeInto(text.slice(from, index), bytes.subarray(length)).written;
    bytes[length] = text.charCodeAt(index) - 0xdc00;
    length += 1;
    from = index + 1;
  }
  encoder.encodeInto(text.slice(from), bytes.subarray(length));
  return bytes;
}
