import { randomBytes } from 'node:crypto';
import type { PaneId } from '#dto';
import type { Block } from '#tmux-protocol';
import type { LineCommand } from './command-queue.js';

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
    { words: ['display-message', '-p', '-t', pane, FIELDS_FORMAT] },
    {
      words: [...capture, '-S', String(-historyLines), '-t', pane],
      lines: (earlier) => linesOf(earlier.at(-1), historyLines),
    },
    { words: ['capture-pane', '-p', '-P', '-C', '-t', pane], lines: () => 1 },
    { words: [...capture, '-q', '-a', '-t', pane], until: nonce },
    { words: ['display-message', '-p', nonce] },
  ];
}

function linesOf(block: Block | undefined, historyLines: number): number {
  const fields = readFields(block);
  return Math.min(Number(fields.history_size), historyLines) + Number(fields.pane_height);
}

/** Reads the replies to `captureCommands`. */
export function readCapture(blocks: readonly Block[]): PaneCapture {
  const [fieldsBlock, captureBlock, pendingBlock, savedBlock] = blocks;
  const fields = readFields(fieldsBlock);
  const rows = captureBlock?.lines ?? [];
  const historyRows = rows.length - Number(fields.pane_height);
  return {
    fields,
    history: rows.slice(0, historyRows),
    screen: rows.slice(historyRows),
    saved: fields.alternate_on === '1' ? (savedBlock?.lines ?? []) : [],
    pending: pendingBlock?.lines[0] ?? new Uint8Array(),
  };
}

const decoder = new TextDecoder();

function readFields(block: Block | undefined): Record<CaptureField, string> {
  const values = decoder.decode(block?.lines[0]).split('\t');
  if (values[0] !== 'c') throw new Error('tmux answered a pane capture with something else');
  const entries = FIELDS.map((name, index) => [name, values[index + 1] ?? ''] as const);
  return Object.fromEntries(entries) as Record<CaptureField, string>;
}
