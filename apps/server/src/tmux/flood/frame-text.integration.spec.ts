import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Terminal } from '@xterm/headless';
import { TmuxServer, waitFor } from '#testing';
import { ControlClient } from '../control-client.js';
import { frameText } from '../pane-screen.js';
import { frameCommands, readFrame } from './frame.js';

const ESC = '\u001b';
const filled = Array.from({ length: 40 }, (_, index) => `row ${index} ${'#'.repeat(60)}`).join(
  '\r\n',
);

/** What a program printed. */
const SCREENS: Readonly<Record<string, string>> = {
  'a shell': 'first\r\nsecond\r\n$ ',
  'colours that run over line ends': `${ESC}[41mred\r\nstill${ESC}[1;38;5;208m bold\r\n${ESC}[0mplain`,
  'rows as wide as the pane': `${'w'.repeat(80)}\r\n${'x'.repeat(79)}漢\r\n${'z'.repeat(80)}`,
  'line drawing': `${ESC}(0lqqk${ESC}(B after`,
  'an alternate screen': `before${ESC}[?1049h${ESC}[2J${ESC}[3;4Hfull screen`,
  'a region and origin mode': `${filled}${ESC}[5;10r${ESC}[?6h${ESC}[2;3Hhome`,
};

/** What the browser's terminal may be in the middle of. */
const STATES: Readonly<Record<string, string>> = {
  nothing: '',
  'a full screen and history': `${filled}\r\n${filled}`,
  'an unfinished sequence': `${filled}${ESC}[38;5`,
  'an unfinished string': `${filled}${ESC}]0;title`,
  'an alternate screen': `${filled}${ESC}[?1049h${filled}`,
  'region, origin, insert, reverse video': `${filled}${ESC}[3;6r${ESC}[?6h${ESC}[4h${ESC}[7m`,
  'mouse and keypad modes': `${filled}${ESC}[?1003h${ESC}[?1006h${ESC}[?1h${ESC}=`,
};

describe(frameText.name, () => {
  let tmux: TmuxServer;
  let client: ControlClient;

  beforeAll(async () => {
    tmux = await TmuxServer.start();
    client = new ControlClient(
      { tmuxBin: 'tmux', socketPath: tmux.socketPath, session: '$0' },
      { notification: () => undefined, chunkEnd: () => undefined, exit: () => undefined },
    );
    await client.ready();
  });

  afterAll(async () => {
    await client.stop();
    await tmux.stop();
  });

  const rowsOf = (terminal: Terminal): string[] =>
    Array.from({ length: terminal.rows }, (_, index) =>
      (
        terminal.buffer.active
          .getLine(terminal.buffer.active.baseY + index)
          ?.translateToString(true) ?? ''
      ).trimEnd(),
    );

  describe.each(Object.entries(SCREENS))('of %s', (_name, printed) => {
    it.each(Object.entries(STATES))('shows the same over %s', async (_state, before) => {
      const file = join(tmux.dir, 'printed');
      await writeFile(file, `${printed}${ESC}]2;shown-${_name}-${_state}${ESC}\\`);
      await tmux.run(
        'respawn-pane',
        '-k',
        '-t',
        '%0',
        `stty raw -echo; cat ${file}; exec sleep 1000`,
      );
      await waitFor(
        async () =>
          (await tmux.run('display-message', '-p', '-t', '%0', '#{pane_title}')).trim() ===
          `shown-${_name}-${_state}`,
        { what: 'the program to print' },
      );
      const { capture } = readFrame(await client.run(frameCommands('%0', true)));
      if (capture === undefined) throw new Error('nothing was captured');
      const terminal = new Terminal({ cols: 80, rows: 24, allowProposedApi: true });
      await write(terminal, before);
      const history = terminal.buffer.normal.baseY;
      await write(terminal, frameText(capture));
      const screen = (await tmux.run('capture-pane', '-p', '-t', '%0'))
        .replace(/\n$/, '')
        .split('\n');
      const expected = printed.includes('(0') ? ['┌──┐ after'] : screen.map((row) => row.trimEnd());
      expect(rowsOf(terminal).slice(0, expected.length)).toEqual(expected);
      const { cursorX, cursorY, type } = terminal.buffer.active;
      expect([cursorX, cursorY, type]).toEqual([
        Number(capture.fields.cursor_x),
        Number(capture.fields.cursor_y),
        capture.fields.alternate_on === '1' ? 'alternate' : 'normal',
      ]);
      expect(terminal.buffer.normal.baseY).toBe(history);
      expect(terminal.modes.mouseTrackingMode).toBe('none');
      expect(terminal.modes.applicationCursorKeysMode).toBe(false);
      terminal.dispose();
    });
  });
});

function write(terminal: Terminal, data: string): Promise<void> {
  return new Promise((resolve) => {
    terminal.write(data, resolve);
  });
}
