import { FramingError } from './errors.js';
import { LineSplitter } from './line-splitter.js';
import { parseNotification } from './notifications.js';
import type { Notification } from './notifications.js';
import { decodeUtf8, encodeUtf8 } from './utf8.js';

/**
 * Most bytes of one reply. A capture of 50,000 coloured lines stays below. Past it a reply that is taken
 * by count keeps its newest lines and the older become empty: they are rows of a pane, in which a program
 * can make each cell a hundred bytes. Any other ends the connection with {@link FramingError}, since it
 * cannot be cut in the middle.
 */
export const MAX_BLOCK_BYTES = 64 * 1024 * 1024;

/** Reply to one command: what tmux wrote between `%begin` and `%end` or `%error`. */
export interface Block {
  /** When tmux ran the command, in seconds since 1970. */
  readonly time: number;
  /** tmux's counter over the commands of all clients: rises, not dense. */
  readonly number: number;
  readonly flags: number;
  /** Whether the command came from our stdin (`flags & 1`), not from a hook or the attach. */
  readonly fromUs: boolean;
  /** Whether it ended in `%end`; after `%error` the lines are tmux's message. */
  readonly ok: boolean;
  readonly lines: readonly Uint8Array[];
}

/** What {@link ControlReader} finds in the stream, in order. */
export type ControlEvent =
  | { readonly kind: 'notification'; readonly notification: Notification }
  | { readonly kind: 'block'; readonly block: Block }
  /** Neither: e.g. the error of a `load-buffer`, which comes after its `%end`. */
  | { readonly kind: 'stray'; readonly line: Uint8Array };

/**
 * Where a reply with foreign text ends: after that many lines, or, when their number cannot be known
 * (`capture-pane -a`), before the reply that consists of an unguessable word, which the next command
 * of the same line prints.
 */
export type ReplyExtent = number | { readonly until: string };

/** How a {@link ControlReader} reports and what it is bound by. */
export interface ControlReaderOptions {
  /** Called for every event before the next line is read. */
  readonly onEvent: (event: ControlEvent) => void;
  /**
   * Asked once at every `%begin` of a command from our stdin, when all earlier events were
   * delivered: where the reply ends, for one that holds foreign text (`capture-pane`), or
   * undefined. Its lines are taken unread, so no text can pass for `%end` or `%error`. Give an extent
   * only for a command that can no longer fail, since its target was found by an earlier command of
   * the same line: when it fails all the same, the stream ends in {@link FramingError}.
   */
  readonly expectLines?: () => ReplyExtent | undefined;
  readonly maxLineBytes?: number;
  readonly maxBlockBytes?: number;
}

interface OpenBlock {
  readonly time: number;
  readonly number: number;
  readonly flags: number;
  /** ` T N F`, which the closing line repeats. */
  readonly guard: string;
  readonly end: Uint8Array;
  readonly error: Uint8Array;
  readonly count: number | undefined;
  /** The word that the following reply consists of. */
  readonly until: Uint8Array | undefined;
  readonly lines: Uint8Array[];
  bytes: number;
  /** How many lines were emptied, from the first on. */
  emptied: number;
}

const BEGIN = /^%begin ([0-9]{1,15}) ([0-9]{1,10}) ([0-9]{1,10})$/;
const MAX_BEGIN_BYTES = 48;
const PERCENT = 0x25;
const EMPTY = new Uint8Array();

/**
 * Reads the whole output of `tmux -C` into notifications and replies; does no I/O.
 *
 * Inside a block only the guard line with the same time, number and flags counts (cmd-queue.c,
 * `cmdq_guard`); a `%begin` or a notification there is a line of the reply, because text of a pane
 * could look the same. After an error every further {@link push} throws it again.
 */
export class ControlReader {
  readonly #splitter: LineSplitter;
  readonly #options: ControlReaderOptions;
  readonly #maxBlockBytes: number;
  #open: OpenBlock | undefined;
  #failure: FramingError | undefined;

  constructor(options: ControlReaderOptions) {
    this.#options = options;
    this.#splitter = new LineSplitter(options.maxLineBytes);
    this.#maxBlockBytes = options.maxBlockBytes ?? MAX_BLOCK_BYTES;
  }

  /** Whether a reply has begun and not ended. */
  get isInsideBlock(): boolean {
    return this.#open !== undefined;
  }

  /** @throws FramingError when the stream cannot be followed. */
  push(chunk: Uint8Array): void {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      for (const line of this.#splitter.push(chunk)) {
        if (this.#open === undefined) this.#readOutside(line);
        else this.#readInside(this.#open, line);
      }
    } catch (error) {
      if (error instanceof FramingError) this.#failure = error;
      throw error;
    }
  }

  #readOutside(line: Uint8Array): void {
    if (line[0] !== PERCENT) {
      this.#options.onEvent({ kind: 'stray', line });
      return;
    }
    const mayBeGuard = isGuard(line);
    const begin =
      mayBeGuard && line.length <= MAX_BEGIN_BYTES ? BEGIN.exec(decodeUtf8(line)) : null;
    if (begin !== null) {
      this.#begin(begin);
      return;
    }
    this.#options.onEvent(
      mayBeGuard
        ? { kind: 'stray', line }
        : { kind: 'notification', notification: parseNotification(line) },
    );
  }

  #begin([, time = '', number = '', flags = '']: RegExpExecArray): void {
    const guard = ` ${time} ${number} ${flags}`;
    const fromUs = (Number(flags) & 1) === 1;
    const extent = fromUs ? this.#options.expectLines?.() : undefined;
    this.#open = {
      time: Number(time),
      number: Number(number),
      flags: Number(flags),
      guard,
      end: guardLine('%end', guard),
      error: guardLine('%error', guard),
      count: typeof extent === 'number' ? extent : undefined,
      until: typeof extent === 'object' ? encodeUtf8(extent.until) : undefined,
      lines: [],
      bytes: 0,
      emptied: 0,
    };
  }

  #readInside(open: OpenBlock, line: Uint8Array): void {
    const taken = open.lines.length;
    if (open.until !== undefined) {
      this.#readUntil(open, open.until, line);
    } else if (open.count !== undefined && taken < open.count) {
      this.#take(open, line);
    } else if (isEqual(line, open.end) && (open.count === undefined || taken === open.count)) {
      this.#close(open, true);
    } else if (isEqual(line, open.error)) {
      this.#close(open, false);
    } else if (open.count === undefined || (open.count === 0 && taken === 0)) {
      // Where no line is expected, the one that comes is the message of an error.
      this.#take(open, line);
    } else {
      throw new FramingError(`no %end${open.guard} after the ${open.count} lines of its reply`);
    }
  }

  /** Only our own word, right after this reply's `%end` and the next one's `%begin`, ends it. */
  #readUntil(open: OpenBlock, word: Uint8Array, line: Uint8Array): void {
    const begin = isEqual(line, word) ? this.#beginAfterEnd(open) : null;
    if (begin === null) {
      this.#take(open, line);
      return;
    }
    open.lines.splice(-2);
    this.#close(open, true);
    this.#begin(begin);
    if (this.#open !== undefined) this.#take(this.#open, line);
  }

  /** The last line taken, when it begins a reply and the one before it ended this one. */
  #beginAfterEnd({ lines, end }: OpenBlock): RegExpExecArray | null {
    const [last, previous] = [lines.at(-1), lines.at(-2)];
    if (last === undefined || previous === undefined || !isEqual(previous, end)) return null;
    return last.length > MAX_BEGIN_BYTES ? null : BEGIN.exec(decodeUtf8(last));
  }

  #take(open: OpenBlock, line: Uint8Array): void {
    open.bytes += line.length + 1;
    const emptiable = open.count === undefined ? 0 : open.lines.length;
    while (open.bytes > this.#maxBlockBytes && open.emptied < emptiable) {
      open.bytes -= open.lines[open.emptied]?.length ?? 0;
      open.lines[open.emptied++] = EMPTY;
    }
    if (open.bytes > this.#maxBlockBytes) {
      throw new FramingError(`a reply is longer than ${this.#maxBlockBytes} bytes`);
    }
    open.lines.push(line);
  }

  #close(open: OpenBlock, ok: boolean): void {
    const { time, number, flags, lines } = open;
    const fromUs = (flags & 1) === 1;
    this.#open = undefined;
    this.#options.onEvent({ kind: 'block', block: { time, number, flags, fromUs, ok, lines } });
  }
}

function guardLine(word: '%end' | '%error', guard: string): Uint8Array {
  return encodeUtf8(word + guard) ?? new Uint8Array();
}

/** Whether the line looks like a guard; one that opens or closes nothing is no notification. */
function isGuard(line: Uint8Array): boolean {
  // Nearly every line is `%extended-output`: one look at a byte tells it from `%end` and `%error`.
  if (line[1] !== 0x62 && (line[1] !== 0x65 || line[2] === 0x78)) return false;
  return /^%(?:begin|end|error)(?: |$)/.test(decodeUtf8(line.subarray(0, 7)));
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
