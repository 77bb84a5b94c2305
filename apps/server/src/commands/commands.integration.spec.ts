import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '#testing';
import { ServerUnderTest } from '../testing/server-under-test.js';
import type { TestClient, TestReply } from '../testing/test-client.js';
import type { TestStream } from '../testing/test-stream.js';

let server: ServerUnderTest;
let client: TestClient;
let stream: TestStream;

beforeEach(async () => {
  server = await ServerUnderTest.start();
  client = await server.client();
  stream = await client.open();
  await stream.next('snapshot');
});

afterEach(() => server.stop());

/** A program in the pane that keeps every byte it is given. */
async function recorder(): Promise<() => Promise<Buffer>> {
  const file = join(server.tmux.dir, 'received');
  await server.tmux.run(
    'respawn-pane',
    '-k',
    '-t',
    '%0',
    `stty raw -echo; touch ${file}; exec cat > ${file}`,
  );
  await waitFor(() => existsSync(file), { what: 'the recorder to start' });
  return () => readFile(file);
}

const output = (reply: TestReply): unknown =>
  (reply.body as { result: { output: unknown } }).result.output;

describe('typing', () => {
  it.each([
    ['a semicolon at the end', 'echo a;'],
    ['a format', '#{pane_id} #(id) ##'],
    ['a variable and a tilde', '$HOME ~ ${X}'],
    ['quotes and backslashes', `'"\\ \\073 \\n`],
    ['control characters', '\u0000\u0001\u0003\t\u001b[A\r\n\u007f'],
    ['a leading dash', '-t %1 -l'],
    ['text outside ASCII', 'é漢🚀'],
  ])('reaches the program exactly: %s', async (_name, text) => {
    const received = await recorder();
    await client.type(stream, '%0', text);
    await waitFor(async () => (await received()).length >= Buffer.byteLength(text));
    expect(await received()).toEqual(Buffer.from(text));
  });

  it('carries bytes that are no UTF-8 as lone surrogates', async () => {
    const received = await recorder();
    await client.type(stream, '%0', 'a\udcff\udc80b');
    await waitFor(async () => (await received()).length >= 4);
    expect(await received()).toEqual(Buffer.from([0x61, 0xff, 0x80, 0x62]));
  });

  it('keeps the order of seq however the requests arrive, and runs each once', async () => {
    const received = await recorder();
    const send = (data: string, seq: number) =>
      client.command(stream, 'send-input', { pane: '%0', data, seq });
    const early = [5, 3, 4, 2].map((seq) => send(String(seq), seq));
    const replies = await Promise.all([...early, send('1', 1), send('again', 3)]);
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    await waitFor(async () => (await received()).length >= 5);
    expect((await received()).toString()).toBe('12345');
  });

  it('leaves copy mode and any other mode first, so that no key can run its bindings', async () => {
    const received = await recorder();
    for (const mode of ['copy-mode', 'clock-mode', 'choose-tree']) {
      await server.tmux.run(mode, '-t', '%0');
      await client.type(stream, '%0', 'g/');
      await waitFor(async () => (await received()).toString().endsWith('g/'));
      expect(await server.tmux.run('display-message', '-p', '-t', '%0', '#{pane_in_mode}')).toBe(
        '0\n',
      );
    }
    expect((await received()).toString()).toBe('g/g/g/');
  });
});

describe('pasting', () => {
  it('carries 1 MB and many lines', async () => {
    const received = await recorder();
    const text = 'some text 漢字 with a few words\n'.repeat(32_000);
    const reply = await client.command(stream, 'paste', { pane: '%0', data: text });
    expect(reply.status).toBe(200);
    const expected = Buffer.from(text.replaceAll('\n', '\r'));
    await waitFor(async () => (await received()).length >= expected.length, { timeoutMs: 20_000 });
    expect((await received()).equals(expected)).toBe(true);
    expect(await server.tmux.run('list-buffers')).toBe('');
  });

  it('is bracketed when the program asked for it, and cannot leave the brackets', async () => {
    const file = join(server.tmux.dir, 'received');
    const script = `stty raw -echo; printf '\\033[?2004h'; touch ${file}; exec cat > ${file}`;
    await server.tmux.run('respawn-pane', '-k', '-t', '%0', script);
    await waitFor(() => existsSync(file));
    const evil = 'one\u001b[201~\r\nrm -rf /\u001b[20\u001b[201~1~\n';
    await client.command(stream, 'paste', { pane: '%0', data: evil });
    await waitFor(async () => (await readFile(file)).toString().endsWith('\u001b[201~'));
    expect((await readFile(file)).toString()).toBe('\u001b[200~one\rrm -rf /\r\u001b[201~');
  });

  it('refuses what is too large, and says so', async () => {
    const reply = await client.command(stream, 'paste', { pane: '%0', data: 'x'.repeat(5 << 20) });
    expect(reply).toMatchObject({ status: 413, body: { code: 'too-large' } });
    const body = await client.command(stream, 'paste', { pane: '%0', data: 'x'.repeat(9 << 20) });
    expect(body).toMatchObject({ status: 413, body: { code: 'too-large' } });
  });
});

describe('commands on panes and windows', () => {
  const layout = async (): Promise<string> =>
    server.tmux.run(
      'list-panes',
      '-s',
      '-F',
      '#{window_index}.#{pane_id} #{pane_width}x#{pane_height}',
    );

  it('do what they say', async () => {
    await client.command(stream, 'split-pane', { pane: '%0', direction: 'right' });
    expect(await layout()).toBe('0.%0 40x24\n0.%1 39x24\n');
    await client.command(stream, 'resize-pane', { pane: '%0', cols: 20 });
    expect(await layout()).toBe('0.%0 20x24\n0.%1 59x24\n');
    await stream.next('state', ({ panes }) => panes?.some(({ id }) => id === '%1') === true);
    await client.command(stream, 'swap-pane', { source: '%0', target: '%1' });
    expect(await layout()).toBe('0.%1 20x24\n0.%0 59x24\n');
    await client.command(stream, 'zoom-pane', { pane: '%1' });
    expect(await server.tmux.run('display-message', '-p', '#{window_zoomed_flag}')).toBe('1\n');
    await client.command(stream, 'break-pane', { pane: '%1' });
    expect(await layout()).toBe('0.%0 80x24\n1.%1 80x24\n');
    await stream.next('state', ({ windows }) => windows?.length === 2);
    await client.command(stream, 'rename-window', { window: '@1', name: 'my work' });
    expect(await server.tmux.run('list-windows', '-F', '#{window_name}')).toContain('my work');
    await client.command(stream, 'select-window', { window: '@0' });
    await client.command(stream, 'kill-pane', { pane: '%1' });
    expect(await layout()).toBe('0.%0 80x24\n');
  });

  it('are answered when what they made can be used', async () => {
    await client.command(stream, 'split-pane', { pane: '%0', direction: 'right' });
    const reply = await client.command(stream, 'kill-pane', { pane: '%1' });
    expect(reply.status).toBe(200);
    await client.command(stream, 'tmux', { command: 'new-window' });
    expect((await client.command(stream, 'kill-window', { window: '@1' })).status).toBe(200);
  });

  it('moves windows past each other and keeps the indexes', async () => {
    await server.tmux.run('new-window', '-t', 'main:5', '-n', 'b');
    await server.tmux.run('new-window', '-t', 'main:9', '-n', 'c');
    await stream.next('state', ({ windows }) => windows?.length === 3);
    await client.command(stream, 'move-window', { window: '@2', before: '@0' });
    expect(await server.tmux.run('list-windows', '-F', '#{window_index}#{window_id}')).toBe(
      '0@2\n5@0\n9@1\n',
    );
    await stream.next('state', ({ windows }) => windows?.[0]?.id === '@2');
    await client.command(stream, 'move-window', { window: '@2', before: null });
    expect(await server.tmux.run('list-windows', '-F', '#{window_index}#{window_id}')).toBe(
      '0@0\n5@1\n9@2\n',
    );
  });

  it('clears history for everybody', async () => {
    await server.tmux.run('send-keys', '-t', '%0', 'seq 1 100', 'Enter');
    await stream.next('output', ({ data }) => data.includes('100\r\n'));
    await client.command(stream, 'clear-history', { pane: '%0' });
    const { panes } = await stream.next('state', (event) => event.panes?.[0]?.screen !== undefined);
    expect(panes?.[0]?.screen).not.toContain('50\r\n51');
  });

  it.each([['#(touch pwned)'], ['#S'], ['#[bold]'], ['a\nb'], ['']])(
    'refuses the name %j',
    async (name) => {
      const reply = await client.command(stream, 'rename-window', { window: '@0', name });
      expect(reply).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
      expect(await server.tmux.run('list-windows', '-F', '#{window_id}')).toBe('@0\n');
    },
  );
});

describe('command lines', () => {
  const tmux = (command: string) => client.command(stream, 'tmux', { command });

  it('are run from their parsed words', async () => {
    expect(output(await tmux('list-windows -F "#{window_index}:#{window_panes}"'))).toEqual([
      '0:1',
    ]);
    await tmux(`splitw -h ; rename-window 'a;b ; kill-server'`);
    expect(await server.tmux.run('list-windows', '-F', '#{window_panes} #{window_name}')).toBe(
      '2 a;b ; kill-server\n',
    );
  });

  it.each([
    ['display-message -p $HOME', 'invalid-request'],
    ['FOO=bar', 'invalid-request'],
    ['list-windows \n kill-server', 'invalid-request'],
    ['no-such-command', 'invalid-request'],
    ['kill-', 'invalid-request'],
    ['kill-pane -Q', 'invalid-request'],
    ['kill-pane %1', 'invalid-request'],
    ['display-popup top', 'policy-denied'],
    ['set -g window-size manual', 'policy-denied'],
    ['list-windows ; lock-server', 'policy-denied'],
  ])('refuses %j whole and changes nothing', async (command, code) => {
    const before = await server.tmux.run('list-panes', '-a', ';', 'show-options', '-g');
    expect(await tmux(command)).toMatchObject({ body: { code } });
    expect(await server.tmux.run('list-panes', '-a', ';', 'show-options', '-g')).toBe(before);
  });

  it('tells tmux’s own words when it refuses', async () => {
    expect(await tmux('select-window -t :77')).toMatchObject({
      status: 422,
      body: { code: 'tmux-rejected', message: "can't find window: 77" },
    });
  });

  it('does not let a command that waits hold up the session', async () => {
    const waiting = tmux('wait-for never');
    await client.type(stream, '%0', 'echo typed\r');
    await stream.next('output', ({ data }) => data.includes('typed\r\n'));
    await server.tmux.run('wait-for', '-S', 'never');
    expect((await waiting).status).toBe(200);
  });

  it('puts answers into words, never into text', async () => {
    const reply = await client.command(stream, 'tmux', {
      command: 'rename-window "%%"',
      answers: [`x" ; kill-server ; "`],
    });
    expect(reply.status).toBe(200);
    expect(await server.tmux.run('display-message', '-p', '#{window_name}')).toBe(
      'x" ; kill-server ; "\n',
    );
  });
});

describe('key bindings', () => {
  const press = (key: string, table = 'prefix') =>
    client.command(stream, 'run-binding', { table, key, pane: '%0' });

  it('run as tmux has them', async () => {
    expect((await press('%')).status).toBe(200);
    await stream.next('state', ({ panes }) => panes?.some(({ id }) => id === '%1') === true);
    expect((await press('"')).status).toBe(200);
    expect(await server.tmux.run('list-panes', '-F', '#{pane_id}')).toBe('%0\n%2\n%1\n');
  });

  it('ask the browser to show what a terminal would', async () => {
    expect((await press('x')).body).toEqual({
      result: {
        output: [],
        ui: [{ kind: 'confirm', message: 'kill-pane 0? (y/n)', command: 'kill-pane' }],
      },
    });
    expect((await press(':')).body).toEqual({
      result: {
        output: [],
        ui: [{ kind: 'prompt', prompts: [{ label: ':', initial: '' }], template: '' }],
      },
    });
    expect((await press('[')).body).toEqual({
      result: { output: [], ui: [{ kind: 'copy-mode', pane: '%0', pageUp: false }] },
    });
    expect((await press(',')).body).toMatchObject({
      result: {
        ui: [{ kind: 'prompt', prompts: [{ initial: 'sh' }], template: 'rename-window "%%"' }],
      },
    });
  });

  it('run the user’s own, with shells and custom tables, and follow changes', async () => {
    const marker = join(server.tmux.dir, 'ran');
    await server.tmux.run('bind-key', 'F5', 'if-shell', 'true', `run-shell 'touch ${marker}'`);
    await server.tmux.run('bind-key', '-T', 'mine', 'a', 'split-window', '-h');
    await server.tmux.run('bind-key', 'm', 'switch-client', '-T', 'mine');
    expect((await press('F5')).status).toBe(200);
    await waitFor(() => existsSync(marker));
    expect((await press('m')).body).toMatchObject({
      result: { ui: [{ kind: 'key-table', table: 'mine' }] },
    });
    expect((await press('a', 'mine')).status).toBe(200);
    await client.command(stream, 'tmux', { command: 'bind-key F6 next-window' });
    await stream.next(
      'keybindings',
      ({ tables }) => tables['prefix']?.some(({ key }) => key === 'F6') === true,
    );
    expect(await press('F12')).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });
});

describe('bad requests', () => {
  it('are answered with the code of the protocol and no stack', async () => {
    await server.tmux.startSession('other');
    const other = await client.open('other');
    const second = await server.client();
    const headers = { 'X-Session-Token': stream.info.sessionToken };
    const typed = { cmd: 'send-input', args: { pane: '%0', data: 'x', seq: 1 } };
    const cases: [Promise<TestReply>, number, string][] = [
      [client.post('commands?session=main', '{"cmd":', headers), 400, 'invalid-request'],
      [
        client.post('commands?session=main', { cmd: 'nope', args: {} }, headers),
        400,
        'invalid-request',
      ],
      [client.post('commands?session=main', { cmd: 'paste' }, headers), 400, 'invalid-request'],
      [
        client.post('commands?session=main', { ...typed, extra: 1 }, headers),
        400,
        'invalid-request',
      ],
      [
        client.post('commands?session=main', { cmd: 'kill-pane', args: { pane: ['%0'] } }, headers),
        400,
        'invalid-request',
      ],
      [
        client.post('commands?session=main', { cmd: 'kill-pane', args: { pane: '-a' } }, headers),
        400,
        'invalid-request',
      ],
      [
        client.post(
          'commands?session=main',
          { cmd: 'kill-pane', args: { pane: '%0', __proto__x: 1 } },
          headers,
        ),
        400,
        'invalid-request',
      ],
      [
        client.post('commands?session=main', { cmd: 'kill-pane', args: { pane: '%77' } }, headers),
        404,
        'not-found',
      ],
      [client.command(stream, 'kill-pane', { pane: '%1' }), 404, 'not-found'],
      [client.post('commands?session=main', typed), 401, 'session-token-required'],
      [
        client.post('commands?session=main', typed, { 'X-Session-Token': 'f'.repeat(32) }),
        401,
        'session-token-invalid',
      ],
      [
        client.post('commands?session=main', typed, { 'X-Session-Token': 'x' }),
        401,
        'session-token-invalid',
      ],
      [client.post('commands?session=other', typed, headers), 401, 'session-token-invalid'],
      [client.post('commands', typed, headers), 401, 'session-token-invalid'],
      [client.command(other, 'kill-pane', { pane: '%0' }), 404, 'not-found'],
      [second.post('commands?session=main', typed, headers), 401, 'session-token-invalid'],
      [client.post('commands?session=main&session=other', typed, headers), 400, 'invalid-request'],
      [
        client.post('commands?session=main', 'a=b', { ...headers, 'Content-Type': 'text/plain' }),
        415,
        'unsupported-media-type',
      ],
      [client.command(stream, 'set-size', { cols: 100_000, rows: 30 }), 400, 'invalid-request'],
      [
        client.command(stream, 'send-input', { pane: '%0', data: 'x'.repeat(70_000), seq: 1 }),
        413,
        'too-large',
      ],
    ];
    const answers = await Promise.all(
      cases.map(async ([reply]) => {
        const { status, body } = await reply;
        expect(JSON.stringify(body)).not.toMatch(/at .*\.(?:ts|js):/);
        return [status, (body as { code: unknown }).code];
      }),
    );
    expect(answers).toEqual(cases.map(([, status, code]) => [status, code]));
    expect(await server.tmux.run('list-panes', '-a', '-F', '#{pane_id}')).toBe('%0\n%1\n');
  });

  it('are refused once the stream has ended', async () => {
    stream.close();
    await waitFor(async () => {
      const reply = await client.command(stream, 'resync', {});
      return reply.status === 401;
    });
  });
});
