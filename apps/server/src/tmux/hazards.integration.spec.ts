import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { TmuxServer, waitFor } from '#testing';
import type { PaneId } from '#dto';
import { RecordedTmux } from '../testing/recorded-tmux.js';
import { ServerUnderTest } from '../testing/server-under-test.js';
import type { TestClient } from '../testing/test-client.js';
import type { TestStream } from '../testing/test-stream.js';
import { ControlClient, type ControlClientListener } from './control-client.js';

// The fifteen hazards of docs/tmux.md by their numbers, as far as tmux 3.3a on one machine can show them.

const QUIET: ControlClientListener = {
  notification: () => undefined,
  chunkEnd: () => undefined,
  exit: () => undefined,
};

const pidOf = (tmux: TmuxServer): Promise<string> => tmux.run('display-message', '-p', '#{pid}');
const clientPids = async (tmux: TmuxServer): Promise<string[]> =>
  (await tmux.run('list-clients', '-F', '#{client_pid}')).split('\n').filter((pid) => pid !== '');

describe('what tmux is told', () => {
  let recorded: RecordedTmux;
  let server: ServerUnderTest;
  let client: TestClient;
  let stream: TestStream;

  beforeEach(async () => {
    recorded = await RecordedTmux.create();
    server = await ServerUnderTest.start({ tmuxBin: recorded.bin });
    client = await server.client();
    stream = await client.open();
    await stream.next('snapshot');
  });

  afterEach(async () => {
    await server.stop();
    await recorded.remove();
  });

  const post = (body: unknown, by = client, from = stream): Promise<{ status: number }> =>
    by.post('commands?session=main', body, { 'X-Session-Token': from.info.sessionToken });

  /** Every command once, in an order that a seed decides. */
  async function allCommands(seed: number, by = client, from = stream): Promise<number[]> {
    const panes = (await server.tmux.run('list-panes', '-s', '-F', '#{pane_id}')).split('\n');
    const windows = (await server.tmux.run('list-windows', '-F', '#{window_id}')).split('\n');
    const pane = panes[seed % (panes.length - 1)];
    const other = panes[(7 * seed) % (panes.length - 1)];
    const window = windows[seed % (windows.length - 1)];
    const lines = [
      'refresh-client -A %0:off',
      'refresh-client -A "%0:on"',
      'refresh-client -f no-output',
      'refresh-client -f "!no-output,read-only"',
      'set-option -g window-size manual',
      'split-window -v ; kill-pane',
      'rename-window "refresh-client -A %0:off"',
      'choose-tree -s',
      'display-message -p "#{pane_id}"',
    ];
    const bodies = [
      {
        cmd: 'send-input',
        args: { pane, data: 'refresh-client -A %0:off\r', seq: from.nextSeq() },
      },
      { cmd: 'paste', args: { pane, data: 'refresh-client -f no-output\nand more\n' } },
      ...lines.map((command) => ({ cmd: 'tmux', args: { command, pane } })),
      { cmd: 'run-binding', args: { table: 'prefix', key: 'o', pane } },
      { cmd: 'take-driver', args: {} },
      { cmd: 'set-size', args: { cols: 100 + (seed % 40), rows: 30 } },
      { cmd: 'select-pane', args: { pane } },
      { cmd: 'split-pane', args: { pane, direction: seed % 2 === 0 ? 'left' : 'below' } },
      { cmd: 'zoom-pane', args: { pane } },
      { cmd: 'resize-pane', args: { pane, cols: 20 } },
      { cmd: 'swap-pane', args: { source: pane, target: other } },
      { cmd: 'break-pane', args: { pane: other } },
      { cmd: 'clear-history', args: { pane } },
      { cmd: 'select-layout', args: { window, layout: 'tiled' } },
      { cmd: 'select-window', args: { window } },
      { cmd: 'new-window', args: {} },
      { cmd: 'rename-window', args: { window, name: 'no-output' } },
      { cmd: 'move-window', args: { window, before: null } },
      { cmd: 'rename-session', args: { name: 'main' } },
      { cmd: 'kill-window', args: { window } },
      { cmd: 'kill-pane', args: { pane } },
      { cmd: 'resync', args: {} },
    ];
    const order = bodies
      .map((body, index) => ({ body, place: (seed * 7919 + index * 104_729) % 997 }))
      .toSorted((a, b) => a.place - b.place);
    const statuses: number[] = [];
    for (const { body } of order) statuses.push((await post(body, by, from)).status);
    return statuses;
  }

  it('1, 2, 4: never holds what crashes or stalls it, whatever is asked for', async () => {
    const pid = await pidOf(server.tmux);
    // Something must be left to look at when the rest was killed, and output must be under way.
    await server.tmux.run('new-window', '-d', 'yes');
    for (let seed = 1; seed <= 12; seed += 1) {
      await server.tmux.run('new-window', '-d', 'sh');
      const statuses = await allCommands(seed);
      expect(statuses.filter((status) => status >= 500)).toEqual([]);
      expect(statuses).toContain(200);
    }
    expect(recorded.lines.length).toBeGreaterThan(200);
    const dangerous = recorded.lines.filter((line) =>
      line
        .split(' ; ')
        .some(
          (command) =>
            (command.startsWith('refresh-client') &&
              !/^refresh-client "-(?:C"|A" "%\d+:(?:continue|pause)"$)/.test(command)) ||
            (command.startsWith('set') && command.includes('window-size')) ||
            command.startsWith('attach') ||
            command.startsWith('switch-client'),
        ),
    );
    expect(dangerous).toEqual([]);
    expect(await pidOf(server.tmux)).toBe(pid);
  }, 120_000);

  it.each([
    ['set-option -g window-size manual'],
    ['set -gw window-size manual'],
    ['setw -g window-size manual'],
    ['set -g window-siz manual'],
    ['set -gF window-size "#{l:manual}"'],
    ['set -g "#{l:window-size}" manual'],
    ['new-window ; set -g window-size manual'],
  ])('4: refuses %s before anything of the line runs', async (command) => {
    const before = recorded.lines.length;
    const reply = await client.command(stream, 'tmux', { command });
    expect(reply).toMatchObject({ status: 403, body: { code: 'policy-denied' } });
    expect(recorded.lines.slice(before).join('\n')).not.toMatch(/window-s|^new-window/m);
    expect(await server.tmux.run('show-options', '-g', 'window-size')).toBe('window-size latest\n');
  });

  it.each(['set -g window-size latest', 'set -g window-style default', 'set -g @size manual'])(
    '4: still runs %s',
    async (command) => {
      expect(await client.command(stream, 'tmux', { command })).toMatchObject({ status: 200 });
    },
  );

  it('5: lets nothing of a read-only viewer through', async () => {
    const viewer = await server.clientOf({ name: 'eve', role: 'admin', readOnly: true });
    const watching = await viewer.open();
    await watching.next('snapshot');
    expect(watching.info.readOnly).toBe(true);
    const [lines, calls] = [recorded.lines.length, recorded.calls.length];
    const statuses = await allCommands(3, viewer, watching);
    expect(statuses.filter((status) => status === 403)).toHaveLength(statuses.length - 1);
    // Reading goes on for everybody, and `resync` is theirs to ask for.
    const reading = /^(?:display-message|list-keys|list-windows|list-panes|capture-pane)\b/;
    expect(recorded.lines.slice(lines).filter((line) => !reading.test(line))).toEqual([]);
    expect(recorded.calls.slice(calls)).toEqual([]);
    expect(await viewer.request('events?session=new&create=1')).toMatchObject({ status: 403 });
    expect(await viewer.post('api/sessions', { name: 'new' })).toMatchObject({ status: 403 });
    expect(await server.tmux.run('list-sessions', '-F', '#{session_name}')).toBe('main\n');
  });

  it('5, 7: attaches with -N and -E, never read-only', () => {
    const attached = recorded.calls.filter((call) => call.includes(' attach-session '));
    expect(attached).toHaveLength(1);
    expect(attached[0]).toMatch(/^-N -u -S \S+ -C attach-session -E -f pause-after=\d+ -t \$0$/);
    const starting = recorded.calls.filter((call) => !call.split(' ').includes('-N'));
    expect(starting).toEqual([]);
  });

  it('8: types into a pane whose copy mode waits to search, and goes on at once', async () => {
    await server.tmux.run('set-option', '-g', 'mode-keys', 'vi');
    await server.tmux.run('copy-mode', '-t', '%0');
    await client.type(stream, '%0', '/?:');
    const mode = await server.tmux.run('display-message', '-p', '-t', '%0', '#{pane_in_mode}');
    expect(mode).toBe('0\n');
    expect(
      (await client.command(stream, 'split-pane', { pane: '%0', direction: 'right' })).status,
    ).toBe(200);
    expect(stream.all('state').filter(({ tmux }) => tmux?.attached === false)).toEqual([]);
  });

  it('8: presses keys in another pane whose copy mode would ask for a character', async () => {
    await client.command(stream, 'split-pane', { pane: '%0', direction: 'right' });
    await server.tmux.run('copy-mode', '-t', '%0');
    const pressed = await client.command(stream, 'tmux', { command: 'send-keys -t %0 f' });
    expect(pressed.status).toBe(200);
    const mode = await server.tmux.run('display-message', '-p', '-t', '%0', '#{pane_in_mode}');
    expect(mode).toBe('0\n');
    expect((await client.command(stream, 'select-pane', { pane: '%0' })).status).toBe(200);
    expect(stream.all('state').filter(({ tmux }) => tmux?.attached === false)).toEqual([]);
  });

  it('8: attaches anew when the user’s own hook blocks the replies', async () => {
    await server.tmux.run('set-hook', '-g', 'after-rename-window', 'wait-for never');
    const [first] = await clientPids(server.tmux);
    const blocked = await client.command(stream, 'rename-window', { window: '@0', name: 'x' });
    expect(blocked.status).toBe(200);
    const asked = client.command(stream, 'select-pane', { pane: '%0' });
    await stream.next('state', ({ tmux }) => tmux?.attached === false);
    expect(await asked).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    await waitFor(() => stream.all('snapshot').length === 2, { timeoutMs: 15_000 });
    await waitFor(async () => (await clientPids(server.tmux)).join() !== first);
    expect((await client.command(stream, 'select-pane', { pane: '%0' })).status).toBe(200);
    expect(stream.isEnded).toBe(false);
  }, 60_000);

  it('11: takes no word of protocol from a directory or a title', async () => {
    const forged = 'x\n%output %0 pwned\n%end 1 2 1\n%exit\n';
    const directory = join(server.tmux.dir, forged);
    await mkdir(directory);
    await server.tmux.run('respawn-pane', '-k', '-t', '%0', '-c', directory, 'exec cat');
    const isForged = (path: string | undefined): boolean => path?.includes('pwned') === true;
    const event = await stream.next(
      'state',
      ({ panes }) => panes?.some(({ path }) => isForged(path)) === true,
    );
    const path = event.panes?.find((pane) => isForged(pane.path))?.path;
    expect(path).toBe(`${server.tmux.dir}/${forged.replaceAll('\n', '?')}`);
    await server.tmux.run('select-pane', '-t', '%0', '-T', '%exit <b>&');
    await stream.next(
      'state',
      ({ panes }) => panes?.some(({ title }) => title === '%exit <b>&') === true,
    );
    await client.type(stream, '%0', 'still here\r');
    await stream.next('output', ({ data }) => data.includes('still here'));
    expect(stream.all('output').filter(({ data }) => data.includes('pwned'))).toEqual([]);
    expect(stream.all('snapshot')).toHaveLength(1);
  });

  it('13: types in small commands and pastes through a file', async () => {
    await server.tmux.run('respawn-pane', '-k', '-t', '%0', 'stty raw -echo; exec cat > /dev/null');
    await client.type(stream, '%0', 'é'.repeat(32 * 1024));
    const data = 'a line of a paste\n'.repeat(50_000);
    expect((await client.command(stream, 'paste', { pane: '%0', data })).status).toBe(200);
    const commands = recorded.lines.flatMap((line) => line.split(' ; '));
    const typed = commands.filter((command) => command.startsWith('send-keys'));
    expect(typed.length).toBe((64 * 1024) / 256);
    expect(Math.max(...commands.map((command) => command.length))).toBeLessThan(2048);
    expect(commands.filter((command) => command.includes('a line of'))).toEqual([]);
    const log = await server.tmux.run('show-messages');
    expect(log).not.toContain('a line of a paste');
  });

  it('14: takes no picture while it follows, and bounded ones when it must', async () => {
    const captures = (): string[] =>
      recorded.lines
        .flatMap((line) => line.split(' ; '))
        .filter((command) => command.startsWith('capture'));
    const first = captures().length;
    await client.type(stream, '%0', 'seq 1 20000\r');
    await stream.next('output', ({ data }) => data.includes('20000\r\n'));
    for (let key = 0; key < 50; key += 1) await client.type(stream, '%0', 'x');
    await stream.next('output', ({ data }) => data.includes('x'));
    expect(captures()).toHaveLength(first);
    await client.command(stream, 'resync', {});
    await waitFor(() => captures().length === first + 3);
    const starts = captures().flatMap((command) => /"-S" "-(\d+)"/.exec(command)?.[1] ?? []);
    expect(new Set(starts)).toEqual(new Set(['10000']));
  });
});

describe('a tmux server that we come and go on', () => {
  let tmux: TmuxServer;
  beforeEach(async () => {
    tmux = await TmuxServer.start();
  });
  afterEach(() => tmux.stop());

  it('3: survives clients that are stopped as soon as they were started', async () => {
    const pid = await pidOf(tmux);
    const options = { tmuxBin: 'tmux', socketPath: tmux.socketPath, session: '$0' } as const;
    for (let round = 0; round < 50; round += 1) {
      const client = new ControlClient(options, QUIET);
      const ready = client.ready().catch(() => undefined);
      if (round % 3 === 0) await ready;
      await client.stop();
    }
    expect(await pidOf(tmux)).toBe(pid);
    expect(await clientPids(tmux)).toEqual([]);
  }, 60_000);

  it('3: survives streams and servers that come and go', async () => {
    const pid = await pidOf(tmux);
    for (let round = 0; round < 10; round += 1) {
      const running = await ServerUnderTest.serve(tmux, { graceMs: '0' });
      const server = ServerUnderTest.of(tmux, running);
      const client = await server.client();
      for (let count = 0; count < 5; count += 1) (await client.open()).close();
      await running.app.close();
    }
    expect(await pidOf(tmux)).toBe(pid);
    await waitFor(async () => (await clientPids(tmux)).length === 0, { what: 'clients to leave' });
  }, 120_000);

  it('7: is never started by attaching', async () => {
    await tmux.kill();
    const options = { tmuxBin: 'tmux', socketPath: tmux.socketPath, session: '$0' } as const;
    const exits: string[] = [];
    const client = new ControlClient(options, { ...QUIET, exit: (reason) => exits.push(reason) });
    await expect(client.ready()).rejects.toMatchObject({
      code: 'unavailable',
      delivery: 'not-sent',
    });
    expect(exits).toHaveLength(1);
    expect(exits[0]).toMatch(/no server running|error connecting/);
    expect(await tmux.isRunning()).toBe(false);
  });

  it('8: ends a client that is not answered, and says what it does not know', async () => {
    const exits: string[] = [];
    const options = { tmuxBin: 'tmux', socketPath: tmux.socketPath, session: '$0' } as const;
    const client = new ControlClient(
      { ...options, replyTimeoutMs: 400 },
      { ...QUIET, exit: (reason) => exits.push(reason) },
    );
    await client.ready();
    await client.run([{ words: ['wait-for', 'never'] }]);
    await expect(client.run([{ words: ['list-windows'] }])).rejects.toMatchObject({
      code: 'unavailable',
      delivery: 'unknown',
    });
    expect(exits).toEqual([expect.stringContaining('did not answer')]);
    await waitFor(async () => (await clientPids(tmux)).length === 0, { what: 'the client to end' });
    await expect(client.run([{ words: ['list-windows'] }])).rejects.toMatchObject({
      delivery: 'not-sent',
    });
  });

  it('9: loses the client of a killed server at the next start, and goes on', async () => {
    const pid = await pidOf(tmux);
    const stateDir = join(tmux.dir, 'state');
    const source = (file: string): string => pathToFileURL(join(__dirname, file)).href;
    // A server of its own process, reduced to what it holds of tmux, since this one cannot be killed.
    const code = `
      import { registerHooks } from 'node:module';
      registerHooks({ resolve: (name, context, next) =>
        next(name.startsWith('.') ? name.replace(/\\.js$/, '.ts') : name, context) });
      const { ControlClient } = await import(${JSON.stringify(source('control-client.ts'))});
      const { ControlClientRecords } = await import(${JSON.stringify(source('control-client-records.ts'))});
      const nothing = () => undefined;
      const client = new ControlClient(
        { tmuxBin: 'tmux', socketPath: ${JSON.stringify(tmux.socketPath)}, session: '$0' },
        { notification: nothing, chunkEnd: nothing, exit: nothing });
      new ControlClientRecords(${JSON.stringify(stateDir)}).add(client.pid);
      await client.ready();
      console.log(client.pid);
      setInterval(nothing, 60_000);`;
    const killed = spawn(
      process.execPath,
      [
        '--no-warnings',
        '--experimental-transform-types',
        '--conditions=tmuxy-source',
        '--input-type=module',
        '-e',
        code,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    try {
      const [line] = (await once(killed.stdout, 'data')) as [Buffer];
      killed.kill('SIGSTOP');
      await tmux.run('set-option', '-g', 'history-limit', '1000000');
      await tmux.run('new-window', `yes ${'flood'.repeat(15)}`);
      let lines = '';
      await waitFor(
        async () => {
          const before = lines;
          lines = await tmux.run('display-message', '-p', '-t', '%1', '#{history_size}');
          // More than the pipe holds, or throttled because the pipe is full.
          return Number(lines) > 3000 || (Number(lines) > 100 && lines === before);
        },
        { what: 'the flood to fill the pipe', timeoutMs: 20_000 },
      );
      const gone = once(killed, 'exit');
      killed.kill('SIGKILL');
      await gone;
      expect(await clientPids(tmux)).toEqual([line.toString().trim()]);
    } finally {
      killed.kill('SIGKILL');
    }
    const running = await ServerUnderTest.serve(tmux);
    await waitFor(async () => (await clientPids(tmux)).length === 0, { what: 'the orphan to end' });
    await running.app.close();
    expect(await pidOf(tmux)).toBe(pid);
  }, 60_000);
});

describe('the environment', () => {
  const SECRET = 'a-secret-of-the-server';
  const NAMES = ['TMUXY_SECRET', 'DISPLAY', 'SSH_AUTH_SOCK', 'TMUX_PANE'] as const;
  const before = Object.fromEntries(NAMES.map((name) => [name, process.env[name]]));
  let tmux: TmuxServer;

  beforeEach(() => {
    for (const name of NAMES) process.env[name] = SECRET;
  });

  afterEach(async () => {
    for (const name of NAMES) {
      if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before[name];
    }
    await tmux.stop();
  });

  it('7: of a tmux that runs stays as it is', async () => {
    tmux = await TmuxServer.start();
    await tmux.run('set-environment', '-t', 'main', 'SSH_AUTH_SOCK', '/the/users/own');
    const environment = async (): Promise<string> =>
      (await tmux.run('show-environment', '-g')) +
      (await tmux.run('show-environment', '-t', 'main'));
    const was = await environment();
    const running = await ServerUnderTest.serve(tmux);
    const client = await ServerUnderTest.of(tmux, running).client();
    const stream = await client.open();
    await stream.next('snapshot');
    await client.command(stream, 'split-pane', { pane: '%0', direction: 'right' });
    await client.open('fresh', { create: true });
    expect(await environment()).toBe(was);
    const pids = (await tmux.run('list-panes', '-a', '-F', '#{pane_pid}')).trim().split('\n');
    expect(pids).toHaveLength(3);
    for (const pid of pids.slice(1)) expect(environmentOf(pid)).not.toContain(SECRET);
    expect(await tmux.run('show-environment', '-t', 'fresh')).not.toContain(SECRET);
    await running.app.close();
  });

  it('7: of a tmux that we start is that of a login', async () => {
    tmux = await TmuxServer.start({ session: null });
    const running = await ServerUnderTest.serve(tmux, { createSession: 'main' });
    const pane: PaneId = '%0';
    expect(await tmux.run('show-environment', '-g')).not.toContain(SECRET);
    expect(await tmux.run('show-environment', '-t', 'main')).not.toContain(SECRET);
    expect(environmentOf((await pidOf(tmux)).trim())).not.toContain(SECRET);
    const panePid = await tmux.run('display-message', '-p', '-t', pane, '#{pane_pid}');
    expect(environmentOf(panePid.trim())).not.toContain(SECRET);
    expect(environmentOf(panePid.trim())).toContain('HOME=');
    await running.app.close();
  });
});

const environmentOf = (pid: string): string => readFileSync(`/proc/${pid}/environ`, 'utf8');
