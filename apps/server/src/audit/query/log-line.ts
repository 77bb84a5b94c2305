/** Bytes read from a segment at once. */
export const BLOCK_BYTES = 64 * 1024;

/** Longest line that can be a record, without its end; of longer ones only the length is kept. */
export const LINE_MAX_BYTES = 128 * 1024;

/** What stands between two line ends of a segment. */
export interface LogLine {
  /** Where it begins, in bytes from the beginning of the segment. */
  readonly offset: number;
  readonly length: number;
  /** Its bytes without the line end; undefined when it is longer than {@link LINE_MAX_BYTES}. */
  readonly bytes: Buffer | undefined;
  /** Whether its end was there. The last line of a segment has none while it is written, or torn. */
  readonly isEnded: boolean;
}

/** The pieces of a line that lies in several blocks. */
export class LineParts {
  #parts: Buffer[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Adds what stands behind the parts so far. */
  append(part: Buffer): void {
    if (this.#grow(part)) this.#parts.push(part);
  }

  /** Adds what stands before the parts so far. */
  prepend(part: Buffer): void {
    if (this.#grow(part)) this.#parts.unshift(part);
  }

  /** The line of these parts, in memory of its own; they are forgotten. */
  take(offset: number, isEnded: boolean): LogLine {
    const length = this.#length;
    const bytes = length > LINE_MAX_BYTES ? undefined : Buffer.concat(this.#parts);
    this.#parts = [];
    this.#length = 0;
    return { offset, length, bytes, isEnded };
  }

  /** @returns whether the parts are still worth keeping */
  #grow(part: Buffer): boolean {
    this.#length += part.length;
    if (this.#length <= LINE_MAX_BYTES) return true;
    this.#parts = [];
    return false;
  }
}
