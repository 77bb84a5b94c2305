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

/** How often the end of a line is looked for that may be being written just now, and how long in between. */
const WRITING_LOOKS = 50;
const WRITING_WAIT_MS = 10;
const LINE_FEED = 0x0a;
/** Never told of anything: it lets this thread sleep. */
const NOBODY = new Int32Array(new SharedArrayBuffer(4));

/** The last segment of a log, which may be written to while it is read: what ends within a line may be half a write. */
export function* chunksOfLast(dir: string, name: string): Generator<Uint8Array> {
  let isTorn = false;
  let looks = 0;
  const isEnd = (): boolean => {
    if (!isTorn || (looks += 1) > WRITING_LOOKS) return true;
    Atomics.wait(NOBODY, 0, 0, WRITING_WAIT_MS);
    return false;
  };
  for (const chunk of chunksOf(dir, name, isEnd)) {
    isTorn = chunk.at(-1) !== LINE_FEED;
    yield chunk;
  }
}

/**
 * A file in pieces, each valid until the next; never through a link, and never waiting for a FIFO.
 *
 * @param isEnd asked where there is nothing more for now
 */
export function* chunksOf(
  dir: string,
  name: string,
  isEnd: () => boolean = () => true,
): Generator<Uint8Array> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  const fd = openSync(join(dir, name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    for (;;) {
      const count = readSync(fd, chunk, 0, chunk.length, null);
      if (count > 0) yield chunk.subarray(0, count);
      else if (isEnd()) return;
    }
  } finally {
    closeSync(fd);
  }
}
