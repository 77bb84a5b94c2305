import { isUtf8 } from 'node:buffer';
import { createPublicKey, generateKeyPairSync, hash, sign, verify } from 'node:crypto';

/** SubjectPublicKeyInfo of Ed25519 before its 32 bytes (RFC 8410 §4). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** What the audit log's format has passed in, by Node. */
export const LOG_CRYPTO = {
  sha256: (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer'),
  encode: (text: string): Uint8Array => Buffer.from(text, 'utf8'),
  decode: (bytes: Uint8Array): string | undefined =>
    isUtf8(bytes) ? Buffer.from(bytes).toString('utf8') : undefined,
  verifySignature: (key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean => {
    const spki = Buffer.concat([SPKI_PREFIX, key]);
    const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    return verify(null, message, publicKey, signature);
  },
};

/** Somebody new who signs notes. */
export interface LogSigner {
  readonly key: { readonly name: string; readonly publicKey: Uint8Array };
  readonly sign: (message: Uint8Array) => Uint8Array;
}

/** Makes a key of this name. */
export function newLogSigner(name: string): LogSigner {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  return {
    key: { name, publicKey: new Uint8Array(spki.subarray(SPKI_PREFIX.length)) },
    sign: (message) => new Uint8Array(sign(null, message, privateKey)),
  };
}
