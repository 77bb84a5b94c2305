import type { PaneInfo } from '#dto';
import { PaneScreen } from './pane-screen';

const PANE: PaneInfo = {
  id: '%1',
  window: '@1',
  index: 0,
  left: 0,
  top: 0,
  cols: 20,
  rows: 4,
  title: '',
  command: 'sh',
  path: '/',
  mode: null,
  dead: false,
  historyLimit: 100_000,
};

function createScreen() {
  const screen = new PaneScreen(
    PANE,
    { theme: {}, fontFamily: 'monospace', fontSize: 14 },
    { followLink: () => undefined, copy: () => undefined },
  );
  const seed = (pane: PaneInfo, data: string): Promise<void> =>
    new Promise((resolve) => {
      screen.seed(pane, data, resolve);
    });
  const write = (data: string): Promise<void> =>
    new Promise((resolve) => {
      screen.write(data, () => {
        resolve();
      });
    });
  const row = (y: number): string | undefined =>
    screen.terminal.buffer.active.getLine(y)?.translateToString(true);
  return { screen, seed, write, row };
}

describe(PaneScreen.name, () => {
  it('keeps no more history than a browser should', () => {
    expect(createScreen().screen.terminal.options.scrollback).toBe(50_000);
  });

  it('replaces everything by a seed, modes and half a sequence included', async () => {
    const { screen, seed, write, row } = createScreen();
    await seed(PANE, 'old\r\nlines\x1b[?1049h\x1b[?1000h');
    await write('more\x1b[9999');
    await seed({ ...PANE, cols: 30, rows: 5 }, '99b new');
    expect(row(0)).toBe('99b new');
    expect(row(1)).toBe('');
    expect([screen.terminal.cols, screen.terminal.rows]).toEqual([30, 5]);
    expect(screen.terminal.buffer.active.type).toBe('normal');
    expect(screen.terminal.modes.mouseTrackingMode).toBe('none');
  });

  it('answers no query and is not kept busy', async () => {
    const { screen, seed, write, row } = createScreen();
    const sent: string[] = [];
    screen.terminal.onData((data) => sent.push(data));
    await seed(PANE, '');
    await write('\x1b[c\x1b[6n\x1b]11;?\x07a\x1b[1000000000b\x1b[1000000000L\x1b[Hok');
    expect(sent).toEqual([]);
    expect(row(0)).toMatch(/^ok/);
  });

  it('gives colours back when it is reset, however much waits to be drawn', async () => {
    const { screen, seed, write } = createScreen();
    const restored: string[] = [];
    for (const code of [104, 110, 111, 112]) {
      screen.terminal.parser.registerOscHandler(code, (data) => {
        restored.push(`${String(code)} ${data}`);
        return false;
      });
    }
    await write('\x1b]11;#fff\x07\x1b]10;#fff\x07');
    screen.write('x'.repeat(10_000), () => undefined);
    screen.reset();
    await seed(PANE, '');
    expect(restored).toEqual(['104 ', '110 ', '111 ', '112 ']);
  });

  it('gives back what it did not parse when it ends', () => {
    const { screen } = createScreen();
    let given = 0;
    screen.seed(PANE, 'a', () => given++);
    screen.write('b', () => given++);
    screen.dispose();
    expect(given).toBe(2);
  });
});
