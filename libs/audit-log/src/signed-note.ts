import { fromBase64, toBase64 } from './base64.js';
import { toHex } from './hex.js';
import type { Primitives } from './primitives.js';

/** Type of Ed25519 keys and signatures in signed notes. */
const ED25519 = 0x01;
/** Not allowed in a note but for line feeds, as the format has it. */
const CONTROL = /[^\P{Cc}\n]|\p{Cs}/u;
const KEY_NAME = /^[^\s+\p{Cc}]+$/u;
const SIGNATURE_LINE = /^— ([^\s+]+) (\S+)$/u;
const MAX_SIGNATURES = 16;
const LINE_FEED = 0x0a;

/** A key that verifies notes (C2SP signed-note, Ed25519). */
export interface VerifierKey {
  readonly name: string;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
}

/** A text and who signed it (https://c2sp.org/signed-note). */
export interface SignedNote {
  /** With the line feed at its end. */
  readonly text: string;
  readonly signatures: readonly {
    readonly name: string;
    /** 4 bytes of the key's hash, then the signature. */
    readonly bytes: Uint8Array;
  }[];
}

/** Whether keys may be called so. */
export const isKeyName = (name: string): boolean => KEY_NAME.test(name);

/** `name+hash+key`, as `tmuxy audit key` prints it. */
export function formatVerifierKey(primitives: Primitives, key: VerifierKey): string {
  return `${key.name}+${toHex(keyHash(primitives, key))}+${toBase64(typed(key.publicKey))}`;
}

/** @returns undefined when this is no verifier key of Ed25519 */
export function parseVerifierKey(primitives: Primitives, text: string): VerifierKey | undefined {
  const [, name, hash, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text) ?? [];
  if (name === undefined || encoded === undefined || !isKeyName(name)) return undefined;
  const bytes = fromBase64(encoded);
  if (bytes?.length !== 33 || bytes[0] !== ED25519) return undefined;
  const key = { name, publicKey: bytes.subarray(1) };
  return toHex(keyHash(primitives, key)) === hash ? key : undefined;
}

/** @param sign Ed25519 with the private half of `key` */
export function signNote(
  primitives: Primitives,
  key: VerifierKey,
  text: string,
  sign: (message: Uint8Array) => Uint8Array,
): string {
  const signature = sign(primitives.encode(text));
  const bytes = new Uint8Array(4 + signature.length);
  bytes.set(keyHash(primitives, key));
  bytes.set(signature, 4);
  return `${text}\n— ${key.name} ${toBase64(bytes)}\n`;
}

/** @returns undefined when it is malformed in any way */
export function parseNote(note: string): SignedNote | undefined {
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || CONTROL.test(note) || !note.endsWith('\n')) {
    return undefined;
  }
  const lines = note.slice(split + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) return undefined;
  const signatures = [];
  for (const line of lines) {
    const [, name, encoded] = SIGNATURE_LINE.exec(line) ?? [];
    const bytes = fromBase64(encoded ?? '');
    if (name === undefined || bytes === undefined || bytes.length < 5) return undefined;
    signatures.push({ name, bytes });
  }
  return { text: note.slice(0, split + 1), signatures };
}

/** Whether `key` signed it; signatures of others, such as witnesses, are passed over. */
export function isSignedBy(primitives: Primitives, note: SignedNote, key: VerifierKey): boolean {
  const hash = toHex(keyHash(primitives, key));
  const own = note.signatures.filter(
    ({ name, bytes }) => name === key.name && toHex(bytes.subarray(0, 4)) === hash,
  );
  const message = primitives.encode(note.text);
  return (
    own.length > 0 &&
    own.every(({ bytes }) => primitives.verifySignature(key.publicKey, message, bytes.subarray(4)))
  );
}

/** First 4 bytes of SHA-256(name ‖ line feed ‖ type ‖ key). */
function keyHash(primitives: Primitives, { name, publicKey }: VerifierKey): Uint8Array {
  const encoded = primitives.encode(name);
  const key = typed(publicKey);
  const input = new Uint8Array(encoded.length + 1 + key.length);
  input.set(encoded);
  input[encoded.length] = LINE_FEED;
  input.set(key, encoded.length + 1);
  return primitives.sha256(input).subarray(0, 4);
}

function typed(publicKey: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + publicKey.length);
  bytes[0] = ED25519;
  bytes.set(publicKey, 1);
  return bytes;
}
