import { ModeTracker, Utf8Stream } from '#tmux-protocol';

/** What is kept of the line that a program writes, to know what it asks for. */
const LAST_LINE_MAX = 256;

/** Text cut off a pane's bytes, ready to be sent. */
export interface OutputPiece {
  /** Position of the first byte of `data` since watching began. */
  readonly offset: number;
  readonly data: string;
}

/**
 * The output of one pane: counted as bytes when it comes, kept as bytes until complete characters can be cut
 * off (tmux cuts `%output` anywhere, tmux.md §0 fact 10), and followed for the modes that tmux 3.3a cannot
 * report.
 */
export class PaneOutput {
  readonly #utf8 = new Utf8Stream();
  readonly #modes = new ModeTracker();
  #received = 0;
  #sentUpTo = 0;
  #pending: string[] = [];
  #bells = 0;
  #tail = '';

  /** Position after the last complete character: where the next piece will start. */
  get offset(): number {
    return this.#received - this.#utf8.pendingBytes;
  }

  /** Whether the very first bytes continue a character that began before we watched. */
  startsInsideCharacter(bytes: Uint8Array): boolean {
    return this.#received === 0 && ((bytes[0] ?? 0) & 0xc0) === 0x80;
  }

  push(bytes: Uint8Array): void {
    this.#received += bytes.length;
    this.#bells += this.#modes.push(bytes).bells;
    const text = this.#utf8.push(bytes);
    if (text === '') return;
    this.#pending.push(text);
    this.#tail = (this.#tail + text.slice(-LAST_LINE_MAX)).slice(-LAST_LINE_MAX);
  }

  /** What came since the last call, as one piece; undefined when nothing complete did. */
  take(): OutputPiece | undefined {
    if (this.#pending.length === 0) return undefined;
    const piece = { offset: this.#sentUpTo, data: this.#pending.join('') };
    this.#pending = [];
    this.#sentUpTo = this.offset;
    return piece;
  }

  /** The end of what was written, from the last line end on; with its escape sequences. */
  get lastLine(): string {
    return this.#tail.slice(
      Math.max(this.#tail.lastIndexOf('\n'), this.#tail.lastIndexOf('\r')) + 1,
    );
  }

  /** Nothing was heard for a time: what the program wrote last was read off the screen. */
  relearnLine(text: string): void {
    this.#tail = text.slice(-LAST_LINE_MAX);
  }

  /** Bells rung since the last call. */
  takeBells(): number {
    const bells = this.#bells;
    this.#bells = 0;
    return bells;
  }

  /** Escape sequences that bring a blank terminal to the modes seen in this pane's output. */
  restoreModes(): string {
    return this.#modes.restore();
  }

  /** The stream was interrupted (tmux paused it, or we were away): what is held back will never be completed. */
  interrupt(): void {
    this.#pending = [];
    this.#utf8.reset();
    this.#sentUpTo = this.offset;
  }
}
