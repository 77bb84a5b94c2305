import type { FileHandle } from 'node:fs/promises';
import { recordIn } from './audit-line.js';
import { linesForward } from './lines-forward.js';
import { BLOCK_BYTES } from './log-line.js';
import { UNLIMITED } from './scan-budget.js';

/** Halving stops here, and lines are read one by one. */
const NEAR_BYTES = 4 * BLOCK_BYTES;

interface Place {
  readonly seq: number;
  readonly offset: number;
}

/**
 * Where the first record begins whose `seq` is `seq` or more; the end of the file when there is none. Records
 * stand in the order of their numbers, so that a few blocks are read of a file of any size, and at most all of
 * one that is damaged.
 */
export async function offsetOf(file: FileHandle, seq: number): Promise<number> {
  const { size } = await file.stat();
  // Records that begin before `low`, itself the beginning of one, are earlier ones.
  let low = 0;
  let high = size;
  while (high - low > NEAR_BYTES) {
    const middle = low + Math.floor((high - low) / 2);
    const place = await recordBehind(file, middle, high);
    if (place === undefined || place.seq >= seq) high = middle;
    else low = place.offset;
  }
  for await (const lines of linesForward(file, low, UNLIMITED)) {
    for (const { bytes, offset, isEnded } of lines) {
      const found = bytes === undefined || !isEnded ? undefined : recordIn(bytes)?.seq;
      if (found !== undefined && found >= seq) return offset;
    }
  }
  return size;
}

/** The first record that begins behind `from`, which may lie within a line, and before `until`. */
async function recordBehind(
  file: FileHandle,
  from: number,
  until: number,
): Promise<Place | undefined> {
  let isPartial = true;
  for await (const lines of linesForward(file, from, UNLIMITED)) {
    for (const { bytes, offset, isEnded } of lines) {
      if (offset >= until) return undefined;
      const isWhole = !isPartial && isEnded;
      isPartial = false;
      const seq = isWhole && bytes !== undefined ? recordIn(bytes)?.seq : undefined;
      if (seq !== undefined) return { seq, offset };
    }
  }
  return undefined;
}
