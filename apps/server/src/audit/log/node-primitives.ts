import { isUtf8 } from 'node:buffer';
import { createPublicKey, hash, type KeyObject, verify } from 'node:crypto';
import type { Primitives } from '#audit-log';

/** SubjectPublicKeyInfo of Ed25519 before its 32 bytes (RFC 8410 §4). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** What the log's format needs, by Node. */
export const NODE_PRIMITIVES: Primitives = {
  sha256: (bytes) => hash('sha256', bytes, 'buffer'),
  encode: (text) => Buffer.from(text, 'utf8'),
  decode: (bytes) =>
    isUtf8(bytes)
      ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
      : undefined,
  verifySignature: (publicKey, message, signature) =>
    verify(null, message, publicKeyOf(publicKey), signature),
};

/** The 32 bytes of an Ed25519 key's public half. */
export function rawPublicKey(key: KeyObject): Uint8Array {
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  return new Uint8Array(spki.subarray(SPKI_PREFIX.length));
}

function publicKeyOf(raw: Uint8Array): KeyObject {
  return createPublicKey({
    key: Buffer.concat([SPKI_PREFIX, raw]),
    type: 'spki',
    format: 'der',
  });
}
