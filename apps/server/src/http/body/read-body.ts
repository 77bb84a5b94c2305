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
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const stop = (): void => {
      request.off('data', take).off('end', end).off('error', fail).off('close', fail);
    };
    const end = (): void => {
      stop();
      if (length > limit) reject(tooLarge(limit));
      else resolve(Buffer.concat(chunks, length));
    };
    const fail = (cause?: unknown): void => {
      stop();
      reject(new InvalidRequestError('The body ended early.', { cause }));
    };
    const take = (chunk: Buffer): void => {
      length += chunk.length;
      if (length <= limit) chunks.push(chunk);
      else chunks.length = 0;
      if (length <= limit + DISCARD_MAX_BYTES) return;
      request.pause();
      end();
    };
    // Listeners and not an iterator: every key press is a body.
    request.on('data', take).on('end', end).on('error', fail).on('close', fail);
    // It may have ended, or been given up, while the guards looked at it: then nothing more would be heard.
    if (request.readableEnded || request.destroyed) fail();
  });
}

function tooLarge(limit: number): TooLargeError {
  return new TooLargeError(`The body is larger than ${String(limit)} bytes.`);
}
