import { InvalidRequestError } from '../app-error.js';

// A byte order mark is kept, and is then no JSON (RFC 8259 §8.1).
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @throws InvalidRequestError when `bytes` are not UTF-8: decoders differ in what they make of the rest */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (error) {
    throw new InvalidRequestError('The body is not valid UTF-8.', { cause: error });
  }
}
