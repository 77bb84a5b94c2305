import { Terminal } from '@xterm/headless';
import { TMUX_UNICODE, TmuxUnicode } from './unicode-widths';

async function cells(text: string): Promise<number> {
  const terminal = new Terminal({ cols: 40, rows: 2, allowProposedApi: true });
  terminal.unicode.register(new TmuxUnicode());
  terminal.unicode.activeVersion = TMUX_UNICODE;
  await new Promise<void>((resolve) => {
    terminal.write(`x${text}`, resolve);
  });
  const { cursorX } = terminal.buffer.active;
  terminal.dispose();
  return cursorX - 1;
}

describe(TmuxUnicode.name, () => {
  // Measured on tmux 3.3a, Debian 12 (tmux.md 2.6).
  it.each([
    ['😀', 2],
    ['⚡', 2],
    ['👨‍👩‍👧', 2],
    ['👍🏽', 4],
    ['❤️', 1],
    ['🫠', 2],
    ['🫨', 0],
    ['\u200b', 0],
    ['\u2028', 0],
    ['\u2029', 0],
    ['🇫🇷', 2],
    ['한글', 4],
    ['e\u0301', 1],
    ['a\u200db', 2],
    ['龍', 2],
    ['𠀀', 2],
  ])('gives %j %i cells', async (text, width) => {
    expect(await cells(text)).toBe(width);
  });

  it('joins a mark that follows a cursor movement to the cell before', async () => {
    expect(await cells('e\x1b[m\u0301')).toBe(1);
  });
});
