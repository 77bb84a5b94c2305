import type { IncomingMessage } from 'node:http';
import { InvalidRequestError, TooLargeError } from '../app-error.js';

/**
 * How much of a body that is too large is read and thrown away before it is answered. A client that is still
 * sending when its connection ends would see only that, and not why.
 */
const DISCARD_MAX_BYTES = 16 * 1024 * 1024;

type Body = Pick<IncomingMessage, 'headers'>;

/** Whether a body follows (RFC 9112 §6.3). */
export function hasBody({ headers }: Body): boolean {
  const length = headers['content-length'];
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

/** Bytes the body says it has; undefined when it comes in chunks. Node has checked that it is a number. */
export function declaredLength({ headers }: Body): number | undefined {
  const length = headers['content-length'];
  return length === undefined ? undefined : Number(length);
}

/**
 * Reads the whole body.
 *
 * @throws TooLargeError when it has more than `limit` bytes
 * @throws InvalidRequestError when it ends early
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const tooLarge = new TooLargeError(`The body is larger than ${String(limit)} bytes.`);
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      if (!(chunk instanceof Uint8Array)) continue; // Text only after setEncoding, which nobody calls.
      length += chunk.length;
      if (length <= limit) chunks.push(chunk);
      else chunks.length = 0;
      if (length > limit + DISCARD_MAX_BYTES) break;
    }
  } catch (error) {
    throw new InvalidRequestError('The body ended early.', { cause: error });
  }
  if (length > limit) throw tooLarge;
  return Buffer.concat(chunks, length);
}
