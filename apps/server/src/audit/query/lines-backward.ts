import type { FileHandle } from 'node:fs/promises';
import { BLOCK_BYTES, LineParts, type LogLine } from './log-line.js';
import type { ScanBudget } from './scan-budget.js';

const LINE_FEED = 0x0a;

/**
 * The lines of a file that begin before `end`, the last first; those of a block together. What stands behind
 * the last line end before `end` comes first, as a line that is not ended, unless it is empty. Ends at the
 * beginning of the file, or where `budget` does.
 */
export async function* linesBackward(
  file: FileHandle,
  end: number,
  budget: ScanBudget,
): AsyncGenerator<readonly LogLine[], void, undefined> {
  const parts = new LineParts();
  const buffer = Buffer.allocUnsafeSlow(BLOCK_BYTES);
  let position = end;
  let isEnded = false;
  while (position > 0) {
    const size = Math.min(BLOCK_BYTES, position);
    if (!budget.take(size)) return;
    position -= size;
    const { bytesRead } = await file.read({ buffer, length: size, position });
    // Less is there when a torn end was cut off meanwhile.
    const block = buffer.subarray(0, bytesRead);
    const lines: LogLine[] = [];
    let right = block.length;
    for (let at = lastLineFeed(block, right); at !== -1; at = lastLineFeed(block, right)) {
      parts.prepend(block.subarray(at + 1, right));
      const line = parts.take(position + at + 1, isEnded);
      if (isEnded || line.length > 0) lines.push(line);
      isEnded = true;
      right = at;
    }
    // A copy: the next block is read into the same memory.
    if (right > 0) parts.prepend(Buffer.from(block.subarray(0, right)));
    if (position === 0 && (isEnded || parts.length > 0)) lines.push(parts.take(0, isEnded));
    if (lines.length > 0) yield lines;
  }
}

function lastLineFeed(block: Buffer, before: number): number {
  return before === 0 ? -1 : block.lastIndexOf(LINE_FEED, before - 1);
}
