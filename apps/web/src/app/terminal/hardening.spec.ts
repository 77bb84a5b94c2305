import { Terminal } from '@xterm/headless';
import { CsiClamp } from './csi-clamp';
import { harden, isReport } from './hardening';

async function write(data: string): Promise<{ replies: string; screen: string }> {
  const terminal = new Terminal({ cols: 20, rows: 4, allowProposedApi: true });
  harden(terminal);
  let replies = '';
  terminal.onData((reply) => (replies += reply));
  await new Promise<void>((resolve) => {
    terminal.write(data, resolve);
  });
  const screen = terminal.buffer.active.getLine(0)?.translateToString(true) ?? '';
  terminal.dispose();
  return { replies, screen };
}

describe(harden.name, () => {
  it.each([
    '\x1b[c',
    '\x1b[0c',
    '\x1b[>c',
    '\x1b[=c',
    '\x1b[5n',
    '\x1b[6n',
    '\x1b[?6n',
    '\x1b[?996n',
    '\x1b[4$p',
    '\x1b[?2026$p',
    '\x1b[>q',
    '\x1b[?u',
    '\x1b[14t',
    '\x1b[18t',
    '\x1b[21t',
    '\x1b[x',
    '\x1bP$qm\x1b\\',
    '\x1bP+q544e\x1b\\',
    '\x1b]4;1;?\x07',
    '\x1b]10;?\x1b\\',
    '\x1b]11;?\x07',
    '\x1b]12;?\x07',
    '\x1b]10;?;?\x07',
    '\x1b]52;c;?\x07',
  ])('answers nothing to %j and goes on', async (query) => {
    expect(await write(`a${query}b`)).toEqual({ replies: '', screen: 'ab' });
  });

  it('is what keeps xterm from answering', async () => {
    const terminal = new Terminal({ allowProposedApi: true });
    let replies = '';
    terminal.onData((reply) => (replies += reply));
    await new Promise<void>((resolve) => {
      terminal.write('\x1b[c\x1b[5n', resolve);
    });
    expect(replies).toBe('\x1b[?1;2c\x1b[0n');
  });

  it.each(['b', 'L', 'M', 'S', 'T', 'Z', 'I', '@', 'P', 'X', ' @', ' A', "'}", "'~"])(
    'is not kept busy by a huge count of CSI %s',
    async (final) => {
      const { screen } = await write(`a\x1b[1000000000${final}\r\x1b[2Kb`);
      expect(screen).toBe('b');
      const size = { cols: 20, rows: 5 };
      const clamped = new CsiClamp().filter(`a\x1b[1000000000${final}\x1b[H\x1b[2Kb`, size);
      expect((await write(clamped)).screen).toBe('b');
    },
  );

  it('sets no more colours of the palette at once than the page can bear', async () => {
    const terminal = new Terminal({ allowProposedApi: true });
    const seen: string[] = [];
    // Handlers registered later are asked first.
    terminal.parser.registerOscHandler(4, (data) => (seen.push(data), false));
    harden(terminal);
    await new Promise<void>((resolve) => {
      terminal.write(`\x1b]4;1;#102030\x07\x1b]4${';1;#fff'.repeat(65)}\x07`, resolve);
    });
    expect(seen).toEqual(['1;#102030']);
  });

  it('leaves colours to be set', async () => {
    const terminal = new Terminal({ allowProposedApi: true });
    harden(terminal);
    const seen: string[] = [];
    terminal.parser.registerOscHandler(11, (data) => (seen.push(data), false));
    await new Promise<void>((resolve) => {
      terminal.write('\x1b]11;#102030\x07', resolve);
    });
    expect(seen).toEqual(['#102030']);
  });
});

describe(isReport.name, () => {
  it('knows focus reports from what people type', () => {
    expect(['\x1b[I', '\x1b[O'].every(isReport)).toBe(true);
    expect(['I', '\x1b', '\x1b[Z', '\x1b[A', '\x1bOA'].some(isReport)).toBe(false);
  });
});
