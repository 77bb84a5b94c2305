import { existsSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitFor } from '#testing';
import { BrowserTwin } from '../testing/browser-twin.js';
import { ServerUnderTest } from '../testing/server-under-test.js';
import type { TestClient } from '../testing/test-client.js';

let server: ServerUnderTest;
let client: TestClient;

beforeEach(async () => {
  server = await ServerUnderTest.start();
  client = await server.client();
});

afterEach(() => server.stop());

/** Rows of the pane as tmux has them: history and screen, or the alternate screen alone. */
async function capture(...flags: string[]): Promise<string[]> {
  const text = await server.tmux.run('capture-pane', '-p', '-t', '%0', ...flags);
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((row) => row.trimEnd());
}

const format = async (text: string): Promise<string> =>
  (await server.tmux.run('display-message', '-p', '-t', '%0', text)).trimEnd();

/** Has a program print bytes in the pane and waits until it ended. */
async function show(bytes: string | Uint8Array, then = ''): Promise<void> {
  const file = join(server.tmux.dir, 'bytes');
  await writeFile(file, bytes);
  await server.tmux.run(
    'respawn-pane',
    '-k',
    '-t',
    '%0',
    `cat ${file}; touch ${file}.done; ${then} exec cat`,
  );
  await waitFor(() => existsSync(`${file}.done`), { what: 'the program to print' });
  rmSync(`${file}.done`);
}

async function joined(): Promise<BrowserTwin> {
  const stream = await client.open();
  await stream.next('snapshot');
  return new BrowserTwin(stream);
}

async function expectSame(twin: BrowserTwin): Promise<void> {
  const isAlternate = (await format('#{alternate_on}')) === '1';
  const expected = isAlternate ? await capture() : await capture('-S', '-');
  expect(await twin.rows('%0')).toEqual(expected);
  const [x, y] = (await format('#{cursor_x} #{cursor_y}')).split(' ').map(Number);
  expect(await twin.cursor('%0')).toEqual({ x, y });
}

const ESC = '\u001b';
const numbered = (count: number): string =>
  Array.from({ length: count }, (_, index) => `line ${index} ${'x'.repeat(index % 90)}`).join(
    '\r\n',
  );

const PICTURES: Readonly<Record<string, string>> = {
  'an empty screen': '',
  'a prompt': '$ ',
  'less than a screen': numbered(5),
  'more than a screen': `${numbered(120)}\r\n`,
  'lines wider than the pane': 'abcdefghij'.repeat(30),
  'a line that fills the width exactly': 'z'.repeat(80),
  'a wide character in the last column': `${'a'.repeat(78)}漢`,
  'wide, combining and emoji text': 'a漢字b e\u0301 \u{1f680} ⚡ done\r\nnext',
  'colours that run over line ends': `${ESC}[41mred\r\nstill${ESC}[1;38;5;208m bold\r\n${ESC}[0mplain`,
  'a scroll region': `${numbered(20)}${ESC}[5;10r${ESC}[7;1Hhere`,
  'origin mode in a region': `${ESC}[5;10r${ESC}[?6h${ESC}[2;3Hhome`,
  'moved tab stops': `${ESC}[3g${ESC}[1;5H${ESC}H${ESC}[1;1Ha\tb`,
  'the cursor waiting to wrap': `${numbered(30)}\r\n${'w'.repeat(80)}`,
  'forged ends of replies': Array.from(
    { length: 60 },
    (_, index) =>
      `%end ${Math.floor(Date.now() / 1000)} ${index + 250} 1\r\n%error 1 2 1\r\n%output %0 pwned`,
  ).join('\r\n'),
  'an alternate screen over history': `${numbered(60)}\r\n${ESC}[?1049h${ESC}[2J${ESC}[3;4Hfull screen`,
};

describe('a snapshot', () => {
  it.each(Object.entries(PICTURES))('shows %s as tmux has it', async (_name, bytes) => {
    await show(bytes);
    const twin = await joined();
    await expectSame(twin);
    twin.dispose();
  });

  it.each(Object.entries(PICTURES))('goes on exactly after %s', async (_name, bytes) => {
    await show(bytes);
    const twin = await joined();
    await server.tmux.run('send-keys', '-t', '%0', '-l', 'typed after joining');
    await waitFor(async () => (await twin.rows('%0')).join('').includes('typed after joining'));
    await expectSame(twin);
    expect(twin.breaks).toEqual([]);
    twin.dispose();
  });

  it('shows line drawing as lines', async () => {
    // `capture-pane` without -e prints the letters that stand for them.
    await show(`${ESC}(0lqqk\r\nx  x\r\nmqqj${ESC}(B after`);
    const twin = await joined();
    expect((await twin.rows('%0')).slice(0, 3)).toEqual(['┌──┐', '│  │', '└──┘ after']);
    twin.dispose();
  });

  it('gives the primary screen back when the program leaves the alternate one', async () => {
    await show(
      PICTURES['an alternate screen over history'] ?? '',
      `read x; printf '\\033[?1049l';`,
    );
    const twin = await joined();
    await server.tmux.run('send-keys', '-t', '%0', 'Enter');
    await waitFor(async () => (await format('#{alternate_on}')) === '0');
    await waitFor(async () => (await twin.rows('%0')).length > 24);
    await expectSame(twin);
    twin.dispose();
  });

  it('carries the modes a program asked for', async () => {
    await show(`${ESC}[?1h${ESC}=${ESC}[?1002h${ESC}[?1006h${ESC}[?25l`);
    const twin = await joined();
    await twin.rows('%0');
    const { modes } = twin.terminal('%0');
    expect(modes.applicationCursorKeysMode).toBe(true);
    expect(modes.applicationKeypadMode).toBe(true);
    expect(modes.mouseTrackingMode).toBe('drag');
    twin.dispose();
  });

  it('carries bracketed paste, which tmux 3.3a cannot tell, to those who join later', async () => {
    const first = await joined();
    await server.tmux.run('send-keys', '-t', '%0', `printf '\\033[?2004h'; echo ready`, 'Enter');
    await waitFor(async () => (await first.rows('%0')).includes('ready'));
    const second = await joined();
    await second.rows('%0');
    expect(second.terminal('%0').modes.bracketedPasteMode).toBe(true);
    first.dispose();
    second.dispose();
  });

  it('ends inside an escape sequence that the program has not finished', async () => {
    await show(`before ${ESC}[3`, `read x; printf '1mred';`);
    const twin = await joined();
    await server.tmux.run('send-keys', '-t', '%0', 'Enter');
    await waitFor(async () => (await twin.rows('%0')).join('\n').includes('red'));
    await twin.rows('%0');
    const row = [0, 1].map((y) => twin.terminal('%0').buffer.active.getLine(y));
    const cell = row.flatMap((l) => Array.from({ length: 80 }, (_, x) => l?.getCell(x)));
    const red = cell.find((c) => c?.getChars() === 'r' && c.isFgPalette());
    expect(red?.getFgColor()).toBe(1);
    twin.dispose();
  });

  it('does not carry the background of one row into the next', async () => {
    await show(
      `${numbered(40)}\r\n${ESC}[44mblue to the end${ESC}[K\r\nnext row${ESC}[0m\r\nplain`,
    );
    const twin = await joined();
    await twin.rows('%0');
    const { active } = twin.terminal('%0').buffer;
    const last = active.getLine(active.baseY + active.cursorY);
    expect(last?.translateToString(true)).toBe('plain');
    expect(last?.getCell(20)?.isBgDefault()).toBe(true);
    twin.dispose();
  });
});
