import { MAX_LINE_BYTES } from './bounds.js';

const LINE_FEED = 0x0a;

/** One line of a segment; what is longer than any record has no bytes. */
export interface SegmentLine {
  /** Without the line feed. Valid until the next line is asked for. */
  readonly bytes: Uint8Array | undefined;
  /** With the line feed, as far as it has one. */
  readonly length: number;
  /** Whether a line feed ends it. */
  readonly isWhole: boolean;
}

/**
 * Cuts chunks into lines. Holds at most one line of at most {@link MAX_LINE_BYTES}: of a longer one only the length
 * is kept.
 */
export class LineReader {
  #held = new Uint8Array(0);
  #length = 0;

  /** Whole lines of this chunk. Must be read to its end before the next. */
  *push(chunk: Uint8Array): Generator<SegmentLine> {
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(LINE_FEED, start);
      if (end < 0) break;
      const part = chunk.subarray(start, end);
      start = end + 1;
      const length = this.#length + part.length;
      const bytes = length > MAX_LINE_BYTES ? undefined : this.#joined(part);
      this.#held = new Uint8Array(0);
      this.#length = 0;
      yield { bytes, length: length + 1, isWhole: true };
    }
    this.#hold(chunk.subarray(start));
  }

  /** What is left after the last line feed, if anything is. */
  end(): SegmentLine | undefined {
    if (this.#length === 0) return undefined;
    const bytes = this.#length > MAX_LINE_BYTES ? undefined : this.#held;
    const line = { bytes, length: this.#length, isWhole: false };
    this.#held = new Uint8Array(0);
    this.#length = 0;
    return line;
  }

  #joined(part: Uint8Array): Uint8Array {
    if (this.#held.length === 0) return part;
    const joined = new Uint8Array(this.#held.length + part.length);
    joined.set(this.#held);
    joined.set(part, this.#held.length);
    return joined;
  }

  #hold(part: Uint8Array): void {
    this.#length += part.length;
    // A copy, as the chunk's memory is the caller's. Not by `slice`, which gives a view of Node's buffers.
    this.#held =
      this.#length > MAX_LINE_BYTES ? new Uint8Array(0) : new Uint8Array(this.#joined(part));
  }
}
