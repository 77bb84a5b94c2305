import { isUtf8 } from 'node:buffer';

/** Decodes what is valid UTF-8 as Node does it, many times as fast as byte by byte; undefined for all else. */
export function decodeValidUtf8(bytes: Uint8Array): string | undefined {
  if (!isUtf8(bytes)) return undefined;
  // Not a TextDecoder: that would take a byte order mark away.
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
}
