import { randomBytes } from 'node:crypto';
import type { PaneId } from '#dto';
import type { Block } from '#tmux-protocol';
import type { LineCommand } from './command-queue.js';
import { SgrPen } from './sgr-pen.js';

/** Numbers and flags of a pane, in the order of `FIELDS`; all are numbers or short words of tmux's own. */
const FIELDS = [
  'pane_id',
  'pane_width',
  'pane_height',
  'history_size',
  'cursor_x',
  'cursor_y',
  'cursor_flag',
  'alternate_on',
  'alternate_saved_x',
  'alternate_saved_y',
  'insert_flag',
  'keypad_cursor_flag',
  'keypad_flag',
  'mouse_standard_flag',
  'mouse_button_flag',
  'mouse_all_flag',
  'mouse_sgr_flag',
  'mouse_utf8_flag',
  'origin_flag',
  'wrap_flag',
  'scroll_region_upper',
  'scroll_region_lower',
  'bracket_paste_flag',
  'cursor_shape',
  'pane_tabs',
] as const;

export type CaptureField = (typeof FIELDS)[number];

/** A pane's picture as tmux drew it: rows are bytes with SGR sequences whose state runs on from row to row. */
export interface PaneCapture {
  readonly fields: Readonly<Record<CaptureField, string>>;
  readonly history: readonly Uint8Array[];
  /** Sequences of the attributes that are set where `history` begins, when rows before it were left out. */
  readonly pen: string;
  readonly screen: readonly Uint8Array[];
  /** Rows of the primary screen while the alternate one is shown, else empty. */
  readonly saved: readonly Uint8Array[];
  /** Bytes of an escape sequence that the program has not finished, octal-escaped as `capture-pane -C` does. */
  readonly pending: Uint8Array;
}

/** How many commands `captureCommands` makes for one pane. */
export const CAPTURE_COMMANDS = 5;

const FIELDS_FORMAT = ['c', ...FIELDS.map((name) => `#{${name}}`)].join('\t');

/**
 * The commands that take one pane's picture (tmux.md §2.2). The first tells how many lines the second has,
 * so that text in the pane cannot forge the end of the reply; the height of the saved screen is not told
 * by any format, so that reply ends at a random word printed after it.
 */
export function captureCommands(pane: PaneId, historyLines: number): readonly LineCommand[] {
  const nonce = randomBytes(16).toString('hex');
  const capture = ['capture-pane', '-p', '-e', '-N'] as const;
  return [
    fieldsCommand(pane),
    {
      words: [...capture, '-S', String(-historyLines), '-t', pane],
      lines: (earlier) => linesOf(earlier.at(-1), historyLines),
    },
    { words: ['capture-pane', '-p', '-P', '-C', '-t', pane], lines: () => 1 },
    { words: [...capture, '-q', '-a', '-t', pane], until: nonce },
    { words: ['display-message', '-p', nonce] },
  ];
}

/** The command that asks for a pane's numbers and flags; `readFields` reads its reply. */
export function fieldsCommand(pane: PaneId): LineCommand {
  return { words: ['display-message', '-p', '-t', pane, FIELDS_FORMAT] };
}

function linesOf(block: Block | undefined, historyLines: number): number {
  const fields = readFields(block);
  return Math.min(Number(fields.history_size), historyLines) + Number(fields.pane_height);
}

/**
 * Reads the replies to `captureCommands`.
 * @param historyBytes most bytes of history; past it the oldest rows are left out
 */
export function readCapture(blocks: readonly Block[], historyBytes: number): PaneCapture {
  const [fieldsBlock, captureBlock, pendingBlock, savedBlock] = blocks;
  const fields = readFields(fieldsBlock);
  const rows = captureBlock?.lines ?? [];
  const historyRows = rows.length - Number(fields.pane_height);
  const from = newestWithin(rows, historyRows, historyBytes);
  return {
    fields,
    history: rows.slice(from, historyRows),
    pen: penBefore(rows, from, historyBytes),
    screen: rows.slice(historyRows),
    saved: fields.alternate_on === '1' ? (savedBlock?.lines ?? []) : [],
    pending: pendingBlock?.lines[0] ?? new Uint8Array(),
  };
}

/** The text of the row that the cursor is in, with its escape sequences. */
export function cursorRow({ fields, screen }: PaneCapture): string {
  return decoder.decode(screen[Number(fields.cursor_y)]).trimEnd();
}

/** Index of the first of the rows before `end` that together have at most so many bytes. */
function newestWithin(rows: readonly Uint8Array[], end: number, maxBytes: number): number {
  let from = end;
  let bytes = 0;
  while (from > 0) {
    bytes += rows[from - 1]?.length ?? 0;
    if (bytes > maxBytes) break;
    from -= 1;
  }
  return from;
}

/** Rows as long as those that are kept are looked at: an attribute set before and never since is missed. */
function penBefore(rows: readonly Uint8Array[], end: number, maxBytes: number): string {
  const pen = new SgrPen();
  for (const row of rows.slice(newestWithin(rows, end, maxBytes), end)) {
    pen.follow(decoder.decode(row));
  }
  return pen.sequences;
}

const decoder = new TextDecoder();

/** Reads the reply to `fieldsCommand`. */
export function readFields(block: Block | undefined): Record<CaptureField, string> {
  const values = decoder.decode(block?.lines[0]).split('\t');
  if (values[0] !== 'c') throw new Error('tmux answered a pane capture with something else');
  const entries = FIELDS.map((name, index) => [name, values[index + 1] ?? ''] as const);
  return Object.fromEntries(entries) as Record<CaptureField, string>;
}
