import { unescapeOutput, Utf8Stream } from '#tmux-protocol';
import { SgrPen } from './sgr-pen.js';
import type { PaneCapture } from './pane-capture.js';

const CSI = '\u001b[';
const SHIFT_IN = '\u000f';
const RESET_ATTRIBUTES = `${CSI}0m${SHIFT_IN}`;
/** tmux draws line graphics through G1 (tmux.md §2.3). */
const G1_GRAPHICS = '\u001b)0';
const G1_ASCII = '\u001b)B';
const TAB_WIDTH = 8;

/**
 * Turns a capture into what must be written to a blank terminal of the pane's size so that it shows the
 * same: history, screen, cursor, modes, an unfinished escape sequence (tmux.md §2.3, the validated order).
 * @param trackedModes sequences for modes that tmux does not report, from the pane's own output
 */
export function screenOf(capture: PaneCapture, trackedModes: string): string {
  const { fields, history, pen, saved, screen } = capture;
  const utf8 = new Utf8Stream();
  const text = (rows: readonly Uint8Array[]): string[] => rows.map((row) => utf8.push(row));
  const isAlternate = fields.alternate_on === '1';
  const rows = Number(fields.pane_height);
  const historyText = text(history);
  const parts = [`${G1_GRAPHICS}${CSI}?7l`];
  if (isAlternate) {
    const screenText = text(screen);
    parts.push(drawRows([...historyText, ...text(saved)], pen), RESET_ATTRIBUTES);
    parts.push(moveTo(Number(fields.alternate_saved_x), Number(fields.alternate_saved_y)));
    parts.push(`${CSI}?1049h${CSI}H`, drawRows(screenText));
  } else {
    parts.push(drawRows([...historyText, ...text(screen)], pen));
  }
  parts.push(tabStops(fields.pane_tabs, Number(fields.pane_width)));
  parts.push(scrollRegion(capture, rows), cursor(capture, text), G1_ASCII, RESET_ATTRIBUTES);
  parts.push(modes(capture), trackedModes, utf8.push(unescapeOutput(capture.pending)));
  return parts.join('');
}

/** Modes that `frameText` takes back before it sets those that are on: keys, keypad, mouse, bracketed paste. */
const MODES_OFF = `${CSI}?1l\u001b>${[1000, 1002, 1003, 1005, 1006, 2004].map((mode) => `${CSI}?${mode}l`).join('')}`;

/**
 * What must be written to a terminal of the pane's size, whatever its state, so that its screen shows a capture
 * without history. Nothing scrolls, and what the terminal has of the history stays.
 */
export function frameText(capture: PaneCapture): string {
  const { fields, screen } = capture;
  const utf8 = new Utf8Stream();
  const text = (rows: readonly Uint8Array[]): string[] => rows.map((row) => utf8.push(row));
  // CAN ends an unfinished sequence, DECSTR what would bend the drawing: region, origin, insert, attributes.
  const start = `\u0018${CSI}!p${SHIFT_IN}${G1_GRAPHICS}${CSI}?7l${CSI}?1049${fields.alternate_on === '1' ? 'h' : 'l'}`;
  return [
    start,
    drawRowsAt(text(screen)),
    scrollRegion(capture, Number(fields.pane_height)),
    ...[cursor(capture, text), G1_ASCII, RESET_ATTRIBUTES, MODES_OFF, modes(capture)],
  ].join('');
}

/** Each row in its place, erased before it is drawn: a row is as long as what was written in it. */
function drawRowsAt(rows: readonly string[]): string {
  const pen = new SgrPen();
  return rows
    .map((row, index) => {
      const before = pen.sequences;
      pen.follow(row);
      return `${moveTo(0, index)}${CSI}0m${CSI}2K${before}${fixOverline(row)}`;
    })
    .join('');
}

/** Rows one below the other. A row break must not carry a background: terminals fill the new row with it. */
function drawRows(rows: readonly string[], start = ''): string {
  const pen = new SgrPen();
  pen.follow(start);
  return rows
    .map((row) => {
      const before = pen.sequences;
      pen.follow(row);
      return `${before}${fixOverline(row)}${pen.sequences === '' ? '' : `${CSI}0m`}`;
    })
    .join('\r\n');
}

/** tmux prints overline as `5:3`, which other terminals take for blink (tmux.md §2.3; all versions ≤ 3.7c). */
function fixOverline(row: string): string {
  // eslint-disable-next-line no-control-regex -- escape sequences are what is looked for
  return row.replace(/\u001b\[[0-9;:]*5:3[0-9;:]*m/g, (sgr) =>
    sgr.replace(/(^|[[;])5:3(?=[;m])/g, '$153'),
  );
}

const moveTo = (x: number, y: number): string => `${CSI}${y + 1};${x + 1}H`;

/** Only when they differ from every eighth column, which is what a blank terminal has. */
function tabStops(csv: string, cols: number): string {
  const usual: number[] = [];
  for (let column = TAB_WIDTH; column < cols; column += TAB_WIDTH) usual.push(column);
  if (csv === usual.join(',') || csv === [0, ...usual].join(',')) return '';
  const stops = csv === '' ? [] : csv.split(',').map(Number);
  return `${CSI}3g${stops.map((column) => `${CSI}1;${column + 1}H\u001bH`).join('')}`;
}

function scrollRegion({ fields }: PaneCapture, rows: number): string {
  const upper = Number(fields.scroll_region_upper);
  const lower = Number(fields.scroll_region_lower);
  return upper === 0 && lower === rows - 1 ? '' : `${CSI}${upper + 1};${lower + 1}r`;
}

/**
 * The cursor's place. `cursor_x` equal to the width means that the last column was written and the next
 * character wraps (tmux.md §9 item 26); no sequence moves there, so the row is written once more.
 */
function cursor(capture: PaneCapture, text: (rows: readonly Uint8Array[]) => string[]): string {
  const { fields, screen } = capture;
  const x = Number(fields.cursor_x);
  const y = Number(fields.cursor_y);
  const isOrigin = fields.origin_flag === '1';
  const top = isOrigin ? Number(fields.scroll_region_upper) : 0;
  const wrap = fields.wrap_flag === '0' ? '' : `${CSI}?7h`;
  const origin = isOrigin ? `${CSI}?6h` : '';
  if (x < Number(fields.pane_width)) return `${origin}${moveTo(x, y - top)}${wrap}`;
  const pen = new SgrPen();
  text(screen.slice(0, y)).forEach((row) => pen.follow(row));
  const [row = ''] = text(screen.slice(y, y + 1));
  return `${origin}${moveTo(0, y - top)}${wrap}${G1_GRAPHICS}${pen.sequences}${fixOverline(row)}`;
}

function modes({ fields }: PaneCapture): string {
  const on = (field: string, sequence: string): string => (field === '1' ? sequence : '');
  return [
    on(fields.insert_flag, `${CSI}4h`),
    on(fields.keypad_cursor_flag, `${CSI}?1h`),
    on(fields.keypad_flag, '\u001b='),
    on(fields.mouse_standard_flag, `${CSI}?1000h`),
    on(fields.mouse_button_flag, `${CSI}?1002h`),
    on(fields.mouse_all_flag, `${CSI}?1003h`),
    on(fields.mouse_utf8_flag, `${CSI}?1005h`),
    on(fields.mouse_sgr_flag, `${CSI}?1006h`),
    on(fields.bracket_paste_flag, `${CSI}?2004h`),
    fields.cursor_flag === '0' ? `${CSI}?25l` : '',
  ].join('');
}
