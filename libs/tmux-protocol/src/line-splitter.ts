import { LineTooLongError } from './errors.js';

/**
 * Longest line without its LF. `%output` lines stay below 11 KB (control.c: 8192/3 bytes, each
 * at most `\ooo`); only replies can be longer. Past it {@link LineTooLongError} is thrown.
 */
export const MAX_LINE_BYTES = 4 * 1024 * 1024;

const LF = 0x0a;

/** Cuts a byte stream, however it is chunked, into its LF-terminated lines. */
export class LineSplitter {
  readonly #maxLineBytes: number;
  #parts: Uint8Array[] = [];
  #pending = 0;

  constructor(maxLineBytes: number = MAX_LINE_BYTES) {
    this.#maxLineBytes = maxLineBytes;
  }

  /** Bytes of the line that has not ended yet. */
  get pending(): number {
    return this.#pending;
  }

  /**
   * Takes the next chunk and gives the lines it completes, without their LF. A line that lies in
   * one chunk is a view of it, so the caller must not write into the chunk afterwards.
   */
  push(chunk: Uint8Array): Uint8Array[] {
    const lines: Uint8Array[] = [];
    let start = 0;
    let end = chunk.indexOf(LF);
    while (end !== -1) {
      lines.push(this.#complete(chunk.subarray(start, end)));
      start = end + 1;
      end = chunk.indexOf(LF, start);
    }
    if (start < chunk.length) {
      this.#grow(chunk.length - start);
      this.#parts.push(chunk.subarray(start));
    }
    return lines;
  }

  #complete(tail: Uint8Array): Uint8Array {
    this.#grow(tail.length);
    const length = this.#pending;
    this.#pending = 0;
    if (this.#parts.length === 0) return tail;
    const line = new Uint8Array(length);
    let offset = 0;
    for (const part of this.#parts) {
      line.set(part, offset);
      offset += part.length;
    }
    line.set(tail, offset);
    this.#parts = [];
    return line;
  }

  #grow(bytes: number): void {
    this.#pending += bytes;
    if (this.#pending > this.#maxLineBytes) throw new LineTooLongError(this.#maxLineBytes);
  }
}
