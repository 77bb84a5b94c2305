import { ModeTracker, Utf8Stream } from '#tmux-protocol';
import { decodeValidUtf8 } from './native-utf8.js';

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
  readonly #utf8 = new Utf8Stream(decodeValidUtf8);
  readonly #modes = new ModeTracker();
  /** Came and was not read yet: all of one chunk from tmux is read at once. */
  #unread: Uint8Array[] = [];
  #received = 0;
  #sentUpTo = 0;
  #pending: string[] = [];
  #bells = 0;
  #tail = '';

  /** Position after the last complete character: where the next piece will start. */
  get offset(): number {
    this.#read();
    return this.#received - this.#utf8.pendingBytes;
  }

  /** Whether the very first bytes continue a character that began before we watched. */
  startsInsideCharacter(bytes: Uint8Array): boolean {
    return this.#received === 0 && ((bytes[0] ?? 0) & 0xc0) === 0x80;
  }

  /** @param bytes not to be written into until the next piece is taken */
  push(bytes: Uint8Array): void {
    this.#received += bytes.length;
    this.#unread.push(bytes);
  }

  /** What came since the last call, as one piece; undefined when nothing complete did. */
  take(): OutputPiece | undefined {
    this.#read();
    if (this.#pending.length === 0) return undefined;
    const piece = { offset: this.#sentUpTo, data: this.#pending.join('') };
    this.#pending = [];
    this.#sentUpTo = this.offset;
    return piece;
  }

  /** The end of what was written, from the last line end on; with its escape sequences. */
  get lastLine(): string {
    this.#read();
    return this.#tail.slice(
      Math.max(this.#tail.lastIndexOf('\n'), this.#tail.lastIndexOf('\r')) + 1,
    );
  }

  /** Nothing was heard for a time: what the program wrote last was read off the screen. */
  relearnLine(text: string): void {
    this.#read();
    this.#tail = text.slice(-LAST_LINE_MAX);
  }

  /** Bells rung since the last call. */
  takeBells(): number {
    this.#read();
    const bells = this.#bells;
    this.#bells = 0;
    return bells;
  }

  /** Escape sequences that bring a blank terminal to the modes seen in this pane's output. */
  restoreModes(): string {
    this.#read();
    return this.#modes.restore();
  }

  /** The stream was interrupted (tmux paused it, or we were away): what is held back will never be completed. */
  interrupt(): void {
    this.#read();
    this.#pending = [];
    this.#utf8.reset();
    this.#sentUpTo = this.offset;
  }

  #read(): void {
    const [first, ...others] = this.#unread;
    if (first === undefined) return;
    this.#unread = [];
    const bytes = others.length === 0 ? first : Buffer.concat([first, ...others]);
    this.#bells += this.#modes.push(bytes).bells;
    const text = this.#utf8.push(bytes);
    if (text === '') return;
    this.#pending.push(text);
    this.#tail = (this.#tail + text.slice(-LAST_LINE_MAX)).slice(-LAST_LINE_MAX);
  }
}
