import type { LogFiles } from './log-files.js';

/** A write that wrote nothing and gave no reason; the system says so of a disk that is full. */
class NothingWrittenError extends Error {
  override readonly name = 'NothingWrittenError';
  readonly code = 'ENOSPC';
}

/**
 * Appends all of `bytes` to a file that ends at `end`, or nothing: what was written of it is cut off again. When that
 * fails too, whole lines of it stay, as records of what was refused; the next writer sets the unfinished one aside.
 *
 * @throws whatever the system says of the write
 */
export function writeAll(files: LogFiles, fd: number, bytes: Uint8Array, end: number): void {
  try {
    for (let at = 0; at < bytes.length;) {
      const written = files.write(fd, bytes.subarray(at));
      if (written <= 0) throw new NothingWrittenError('nothing was written');
      at += written;
    }
  } catch (error) {
    cutBack(files, fd, end);
    throw error;
  }
}

function cutBack(files: LogFiles, fd: number, end: number): void {
  try {
    files.truncate(fd, end);
  } catch {
    // The write's own error says more.
  }
}
