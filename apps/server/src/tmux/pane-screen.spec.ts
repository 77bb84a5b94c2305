import { Terminal } from '@xterm/headless';
import type { CaptureField, PaneCapture } from './pane-capture.js';
import { screenOf } from './pane-screen.js';

const ESC = '\u001b';
const CSI = `${ESC}[`;
const COLS = 10;
const ROWS = 3;

const BLANK: Readonly<Record<CaptureField, string>> = {
  pane_id: '%0',
  pane_width: String(COLS),
  pane_height: String(ROWS),
  history_size: '0',
  cursor_x: '0',
  cursor_y: '0',
  cursor_flag: '1',
  alternate_on: '0',
  alternate_saved_x: '4294967295',
  alternate_saved_y: '4294967295',
  insert_flag: '0',
  keypad_cursor_flag: '0',
  keypad_flag: '0',
  mouse_standard_flag: '0',
  mouse_button_flag: '0',
  mouse_all_flag: '0',
  mouse_sgr_flag: '0',
  mouse_utf8_flag: '0',
  origin_flag: '0',
  wrap_flag: '1',
  scroll_region_upper: '0',
  scroll_region_lower: String(ROWS - 1),
  bracket_paste_flag: '',
  cursor_shape: '',
  pane_tabs: '8',
};

interface Picture {
  readonly fields?: Partial<Record<CaptureField, string>>;
  readonly history?: readonly string[];
  readonly pen?: string;
  readonly screen?: readonly string[];
  readonly saved?: readonly string[];
  readonly pending?: string;
}

const bytesOf = (rows: readonly string[]): Uint8Array[] => rows.map((row) => Buffer.from(row));

function capture({
  fields,
  history = [],
  pen = '',
  screen = ['', '', ''],
  saved = [],
  pending = '',
}: Picture): PaneCapture {
  return {
    fields: { ...BLANK, ...fields },
    history: bytesOf(history),
    pen,
    screen: bytesOf(screen),
    saved: bytesOf(saved),
    pending: Buffer.from(pending),
  };
}

/** A blank terminal of the pane's size with the picture written to it, and then `more`. */
async function show(picture: Picture, more = '', trackedModes = ''): Promise<Terminal> {
  const terminal = new Terminal({ cols: COLS, rows: ROWS, allowProposedApi: true });
  const text = screenOf(capture(picture), trackedModes) + more;
  await new Promise<void>((resolve) => terminal.write(text, resolve));
  return terminal;
}

function rowsOf({ buffer, rows }: Terminal): string[] {
  const { active } = buffer;
  return Array.from({ length: active.baseY + rows }, (_, index) =>
    (active.getLine(index)?.translateToString(true) ?? '').trimEnd(),
  );
}

const at = (x: number, y: number): Pick<Picture, 'fields'> => ({
  fields: { cursor_x: String(x), cursor_y: String(y) },
});

describe(screenOf.name, () => {
  it('goes on with the attributes of rows that were left out', async () => {
    const terminal = await show({ history: ['red', 'row'], pen: `${CSI}31m`, screen: ['a'] });
    const colours = [0, 1, 2].map((row) =>
      terminal.buffer.active.getLine(row)?.getCell(0)?.getFgColor(),
    );
    expect(colours).toEqual([1, 1, 1]);
  });

  it('shows history, screen and cursor', async () => {
    const terminal = await show({
      history: ['old', 'older'],
      screen: ['a', 'bc', ''],
      ...at(2, 1),
    });
    expect(rowsOf(terminal)).toEqual(['old', 'older', 'a', 'bc', '']);
    const { cursorX, cursorY, baseY } = terminal.buffer.active;
    expect([cursorX, cursorY, baseY]).toEqual([2, 1, 2]);
  });

  it('leaves the pen as a blank terminal has it', async () => {
    const screen = [`${CSI}41;1mred`, 'more', ''];
    const terminal = await show({ screen, ...at(0, 2) }, 'x');
    const cell = terminal.buffer.active.getLine(2)?.getCell(0);
    expect(cell?.getChars()).toBe('x');
    expect(cell?.isAttributeDefault()).toBe(true);
  });

  it('carries attributes from row to row but not into what a row leaves blank', async () => {
    const history = ['a', 'b', 'c', `${CSI}41mred`];
    const terminal = await show({ history, screen: ['still', 'and still', `${CSI}0mplain`] });
    const [red, still, last] = [3, 4, 6].map((y) => terminal.buffer.active.getLine(y));
    expect(still?.translateToString(true)).toBe('still');
    expect(still?.getCell(0)?.getBgColor()).toBe(1);
    expect(still?.getCell(7)?.isBgDefault()).toBe(true);
    expect(red?.getCell(5)?.isBgDefault()).toBe(true);
    expect(last?.getCell(0)?.isBgDefault()).toBe(true);
  });

  it('draws line graphics, and letters after them', async () => {
    const terminal = await show({ screen: ['\u000elqk\u000f lqk', '', ''], ...at(0, 1) }, 'lqk');
    expect(rowsOf(terminal).slice(0, 2)).toEqual(['┌─┐ lqk', 'lqk']);
  });

  it.each([
    ['alone', `${CSI}5:3m`],
    ['after others', `${CSI}1;5:3m`],
    ['before others', `${CSI}5:3;31m`],
  ])('writes overline as terminals know it: %s', async (_name, sgr) => {
    const terminal = await show({ screen: [`${sgr}over`, '', ''] });
    const cell = terminal.buffer.active.getLine(0)?.getCell(0);
    expect(cell?.isOverline()).toBeTruthy();
    expect(cell?.isBlink()).toBeFalsy();
  });

  it('leaves colours that hold the same numbers alone', async () => {
    const terminal = await show({ screen: [`${CSI}38:5:3myellow`, '', ''] });
    const cell = terminal.buffer.active.getLine(0)?.getCell(0);
    expect(cell?.getFgColor()).toBe(3);
    expect(cell?.isOverline()).toBeFalsy();
  });

  it('keeps a full row from wrapping while it draws', async () => {
    const terminal = await show({ screen: ['z'.repeat(COLS), 'next', ''], ...at(0, 2) });
    expect(rowsOf(terminal)).toEqual(['z'.repeat(COLS), 'next', '']);
  });

  it('waits to wrap when the cursor is past the last column', async () => {
    const picture = { screen: [`${CSI}32m`, 'w'.repeat(COLS), ''], ...at(COLS, 1) };
    const terminal = await show(picture, 'next');
    expect(rowsOf(terminal)).toEqual(['', 'w'.repeat(COLS), 'next']);
    expect(terminal.buffer.active.getLine(1)?.getCell(0)?.getFgColor()).toBe(2);
    expect(terminal.buffer.active.getLine(2)?.isWrapped).toBe(true);
    expect(terminal.buffer.active.getLine(2)?.getCell(0)?.isFgDefault()).toBe(true);
  });

  it.each([
    ['on', '1', ['abcdefghij', 'kl', '']],
    ['off', '0', ['abcdefghil', '', '']],
  ])('leaves wrapping %s', async (_name, wrap, expected) => {
    expect(rowsOf(await show({ fields: { wrap_flag: wrap } }, 'abcdefghijkl'))).toEqual(expected);
  });

  it('scrolls in the region the program set', async () => {
    const region = { scroll_region_upper: '1', scroll_region_lower: '2' };
    const fields = { ...region, cursor_x: '0', cursor_y: '2' };
    const terminal = await show({ fields, screen: ['head', 'one', 'two'] }, '\nx');
    expect(rowsOf(terminal)).toEqual(['head', 'two', 'x']);
  });

  it('counts rows from the region in origin mode', async () => {
    const region = { scroll_region_upper: '1', scroll_region_lower: '2', origin_flag: '1' };
    const picture = { fields: { ...region, cursor_x: '4', cursor_y: '2' } };
    const placed = await show(picture);
    expect([placed.buffer.active.cursorX, placed.buffer.active.cursorY]).toEqual([4, 2]);
    expect(rowsOf(await show(picture, `${CSI}1;1Htop`))).toEqual(['', 'top', '']);
  });

  it.each([
    ['the usual ones', '8', 8],
    ['the usual ones as some versions list them', '0,8', 8],
    ['others', '3,6', 3],
    ['none', '', COLS - 1],
  ])('knows tab stops: %s', async (_name, tabs, column) => {
    const terminal = await show({ fields: { pane_tabs: tabs } }, '\tx');
    expect(terminal.buffer.active.getLine(0)?.getCell(column)?.getChars()).toBe('x');
  });

  it('shows the alternate screen and keeps the primary one behind it', async () => {
    const fields = {
      alternate_on: '1',
      alternate_saved_x: '2',
      alternate_saved_y: '1',
      cursor_x: '3',
      cursor_y: '0',
    };
    const picture = {
      fields,
      history: ['old'],
      saved: ['$ vim', '$ ', ''],
      screen: ['full', '', ''],
    };
    const shown = await show(picture);
    expect(shown.buffer.active.type).toBe('alternate');
    expect(rowsOf(shown)).toEqual(['full', '', '']);
    const left = await show(picture, `${CSI}?1049lls`);
    expect(left.buffer.active.type).toBe('normal');
    expect(rowsOf(left)).toEqual(['old', '$ vim', '$ ls', '']);
  });

  it('sets the modes the program asked for, and none else', async () => {
    const { modes } = await show({});
    expect(modes).toEqual(new Terminal({ cols: COLS, rows: ROWS, allowProposedApi: true }).modes);
    const fields = {
      ...{ insert_flag: '1', keypad_cursor_flag: '1', keypad_flag: '1', mouse_all_flag: '1' },
      ...{ mouse_sgr_flag: '1', bracket_paste_flag: '1', cursor_flag: '0' },
    };
    const asked = await show({ fields });
    expect(asked.modes).toMatchObject({
      insertMode: true,
      applicationCursorKeysMode: true,
      applicationKeypadMode: true,
      mouseTrackingMode: 'any',
      bracketedPasteMode: true,
    });
    expect(screenOf(capture({ fields }), '')).toContain(`${CSI}?25l`);
  });

  it('adds modes that only the output told', async () => {
    const terminal = await show({}, '', `${CSI}?2004h`);
    expect(terminal.modes.bracketedPasteMode).toBe(true);
  });

  it('ends inside the sequence that the program has not finished', async () => {
    const terminal = await show({ pending: '\\033[3' }, '1mred');
    expect(rowsOf(terminal)[0]).toBe('red');
    expect(terminal.buffer.active.getLine(0)?.getCell(0)?.getFgColor()).toBe(1);
  });
});
