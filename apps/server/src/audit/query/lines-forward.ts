import type { FileHandle } from 'node:fs/promises';
import { BLOCK_BYTES, LineParts, type LogLine } from './log-line.js';
import type { ScanBudget } from './scan-budget.js';

const LINE_FEED = 0x0a;

/**
 * The lines of a file from `from` on, where one begins, in the order in which they stand there; those of a
 * block together. Ends where the file ends now, or where `budget` does, and then with what has no end yet.
 */
export async function* linesForward(
  file: FileHandle,
  from: number,
  budget: ScanBudget,
): AsyncGenerator<readonly LogLine[], void, undefined> {
  const parts = new LineParts();
  const buffer = Buffer.allocUnsafeSlow(BLOCK_BYTES);
  let position = from;
  let lineStart = from;
  while (budget.take(BLOCK_BYTES)) {
    const { bytesRead } = await file.read({ buffer, position });
    if (bytesRead === 0) {
      if (parts.length > 0) yield [parts.take(lineStart, false)];
      return;
    }
    const block = buffer.subarray(0, bytesRead);
    const lines: LogLine[] = [];
    let left = 0;
    for (let at = block.indexOf(LINE_FEED); at !== -1; at = block.indexOf(LINE_FEED, left)) {
      parts.append(block.subarray(left, at));
      lines.push(parts.take(lineStart, true));
      left = at + 1;
      lineStart = position + left;
    }
    // A copy: the next block is read into the same memory.
    if (left < block.length) parts.append(Buffer.from(block.subarray(left)));
    position += bytesRead;
    if (lines.length > 0) yield lines;
  }
}
