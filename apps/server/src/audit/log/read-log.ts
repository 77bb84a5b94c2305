import { closeSync, constants, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { segmentStart } from '#audit-log';

const CHUNK_BYTES = 1024 * 1024;

/** Segments of a log, the oldest first, and other files that are named much like them. */
export interface LogListing {
  readonly segments: readonly string[];
  readonly strays: readonly string[];
}

/** What is in the directory of a log. @throws what the system says */
export function listLog(dir: string): LogListing {
  const names = readdirSync(dir).filter((name) => name.includes('.jsonl'));
  return {
    segments: names.filter((name) => segmentStart(name) !== undefined).sort(),
    // `.torn-1` and so on are what the writer set aside.
    strays: names.filter(
      (name) => segmentStart(name) === undefined && !/^\d{20}\.jsonl\.torn-\d+$/.test(name),
    ),
  };
}

/** A file in pieces, each valid until the next; never through a link, and never waiting for a FIFO. */
export function* chunksOf(dir: string, name: string): Generator<Uint8Array> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  const fd = openSync(join(dir, name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    for (;;) {
      const count = readSync(fd, chunk, 0, chunk.length, null);
      if (count === 0) return;
      yield chunk.subarray(0, count);
    }
  } finally {
    closeSync(fd);
  }
}
