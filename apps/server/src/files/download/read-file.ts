import { read as readCallback } from 'node:fs';
import { promisify } from 'node:util';
import { isUtf8 } from 'node:buffer';
import type { Writable } from 'node:stream';
import { FileChangedError } from '../files.errors.js';
import type { ByteRange } from './byte-range.js';

const read = promisify(readCallback);

/** Bytes read at once: what a download holds in memory, beside what the socket holds. */
const CHUNK_BYTES = 64 * 1024;
/** Of how much of a file it is judged whether it is text. */
const SAMPLE_BYTES = 1024;
/** Longest sequence of UTF-8: the end of a sample may cut one. */
const UTF8_MAX_BYTES = 4;

/**
 * Sends a part of a file as fast as `target` takes it.
 *
 * @returns the number of bytes it took, which is less than the range where the client went away
 * @throws FileChangedError when the file has become too short
 */
export async function sendRange(
  fd: number,
  { start, end }: ByteRange,
  target: Writable,
): Promise<number> {
  let at = start;
  while (at <= end && isOpen(target)) {
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, end - at + 1));
    const { bytesRead } = await read(fd, chunk, 0, chunk.length, at);
    if (bytesRead === 0) throw new FileChangedError('The file became shorter while it was read.');
    at += bytesRead;
    if (!isOpen(target)) break;
    if (!target.write(chunk.subarray(0, bytesRead))) await drained(target);
  }
  return at - start;
}

/** Whether what a file begins with is UTF-8 text; an empty one is. */
export async function isText(fd: number): Promise<boolean> {
  const sample = Buffer.alloc(SAMPLE_BYTES);
  const { bytesRead } = await read(fd, sample, 0, SAMPLE_BYTES, 0);
  const bytes = sample.subarray(0, bytesRead);
  if (bytes.includes(0)) return false;
  const isCut = bytesRead === SAMPLE_BYTES;
  return (
    isUtf8(bytes) ||
    (isCut &&
      Array.from({ length: UTF8_MAX_BYTES - 1 }, (_, i) => i + 1).some((cut) =>
        isUtf8(bytes.subarray(0, -cut)),
      ))
  );
}

function isOpen(target: Writable): boolean {
  return target.writable && !target.destroyed;
}

/** Waits until more is taken, or nothing ever will be. */
function drained(target: Writable): Promise<void> {
  return new Promise((resolve) => {
    const events = ['drain', 'close', 'error'] as const;
    const done = (): void => {
      for (const event of events) target.off(event, done);
      resolve();
    };
    for (const event of events) target.on(event, done);
  });
}
