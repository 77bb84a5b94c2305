import { expect, test as base } from './fixtures/test.ts';
import { RawClient, refusal } from './fixtures/raw-client.ts';
import type { RawStream } from './fixtures/raw-client.ts';

interface Raw {
  readonly client: RawClient;
  /** Of the test's own session. */
  readonly stream: RawStream;
}

const test = base.extend<{ readonly raw: Raw }>({
  raw: async ({ installation: { server }, session }, use) => {
    const client = await RawClient.signIn(server.url, await server.freshLink());
    const stream = await client.openStream(session.name);
    await use({ client, stream });
    stream.close();
  },
});

test.describe('POST /commands refuses', () => {
  const input = { cmd: 'send-input', args: { pane: '%0', data: 'x', seq: 1 } };

  test('bodies that are no command', async ({ raw: { client, stream }, session }) => {
    const send = async (body: unknown): Promise<string> =>
      refusal(await client.command(session.name, stream.token, body));
    expect(await send('{"cmd":')).toBe('400 invalid-request');
    expect(await send('[]')).toBe('400 invalid-request');
    expect(await send('"split-pane"')).toBe('400 invalid-request');
    expect(await send({})).toBe('400 invalid-request');
    expect(await send({ cmd: 'fly', args: {} })).toBe('400 invalid-request');
    expect(await send({ cmd: '__proto__', args: {} })).toBe('400 invalid-request');
    expect(await send({ cmd: 'constructor', args: {} })).toBe('400 invalid-request');
    expect(await send({ cmd: 'resync', args: { more: 1 } })).toBe('400 invalid-request');
    expect(await send({ cmd: 'kill-pane', args: { pane: '%1; kill-server' } })).toBe(
      '400 invalid-request',
    );
    expect(await send({ cmd: 'set-size', args: { cols: 1e9, rows: 10 } })).toBe(
      '400 invalid-request',
    );
    expect(await send({ cmd: 'rename-window', args: { window: '@0', name: ['x'] } })).toBe(
      '400 invalid-request',
    );
  });

  test('tokens that are missing, wrong, or of another session', async ({
    raw: { client, stream },
    session,
  }) => {
    const body = JSON.stringify(input);
    const path = `commands?session=${session.name}`;
    expect(await refusal(await client.send('POST', path, { body }))).toBe(
      '401 session-token-required',
    );
    expect(await refusal(await client.command(session.name, 'f'.repeat(32), input))).toBe(
      '401 session-token-invalid',
    );
    expect(await refusal(await client.command('main', stream.token, input))).toBe(
      '401 session-token-invalid',
    );
  });

  test('panes of another session', async ({ raw: { client, stream }, session }) => {
    const main = await client.openStream('main');
    const before = await session.capture(main.pane);
    for (const cmd of ['kill-pane', 'select-pane', 'clear-history'] as const) {
      const answer = await client.command(session.name, stream.token, {
        cmd,
        args: { pane: main.pane },
      });
      expect(await refusal(answer)).toBe('404 not-found');
    }
    const typed = { cmd: 'send-input', args: { pane: main.pane, data: 'touch forged\r', seq: 1 } };
    expect(await refusal(await client.command(session.name, stream.token, typed))).toBe(
      '404 not-found',
    );
    expect(await session.capture(main.pane)).toEqual(before);
    main.close();
  });

  test('bodies that are too long, or of another type', async ({
    raw: { client, stream },
    session,
  }) => {
    const data = 'x'.repeat(65 * 1024);
    const tooLong = { cmd: 'send-input', args: { pane: stream.pane, data, seq: 1 } };
    expect(await refusal(await client.command(session.name, stream.token, tooLong))).toBe(
      '413 too-large',
    );
    const huge = JSON.stringify({
      cmd: 'paste',
      args: { pane: stream.pane, data: 'x'.repeat(9e6) },
    });
    expect(await refusal(await client.command(session.name, stream.token, huge))).toBe(
      '413 too-large',
    );
    const form = await client.send('POST', `commands?session=${session.name}`, {
      body: 'cmd=resync',
      headers: {
        'X-Session-Token': stream.token,
        'Content-Type': 'application/x-www-form-urlencoded',
      },
    });
    expect(await refusal(form)).toBe('415 unsupported-media-type');
  });

  test('what tmux refuses, in its own words', async ({ raw: { client, stream }, session }) => {
    const answer = await client.command(session.name, stream.token, {
      cmd: 'tmux',
      args: { command: 'rename-session -t none-such x' },
    });
    const text = await answer.clone().text();
    expect(await refusal(answer)).toBe('422 tmux-rejected');
    expect(text).toContain("can't find session: none-such");
  });

  test('what would end the tmux server', async ({ raw: { client, stream }, session }) => {
    for (const command of [
      'select-layout no-such-layout',
      "select-layout ''",
      'setw -g window-size manual',
    ]) {
      const answer = await client.command(session.name, stream.token, {
        cmd: 'tmux',
        args: { command },
      });
      expect(await refusal(answer)).toBe('403 policy-denied');
    }
    expect(await session.tmux('list-panes', '-F', '#{pane_id}')).toBe(`${session.pane}\n`);
  });
});

test('streams of no session, of two, and without a name are refused', async ({
  raw: { client },
}) => {
  const open = async (query: string): Promise<string> =>
    refusal(await client.send('GET', `events${query}`));
  expect(await open('?session=none-such')).toBe('404 not-found');
  expect(await open('')).toBe('400 invalid-request');
  expect(await open('?session=')).toBe('400 invalid-request');
  expect(await open('?session=main&session=main')).toBe('400 invalid-request');
  // To tmux these would mean other sessions: `=`, `$1`, a pattern, a window of one.
  for (const name of ['=main', '$0', 'mai*', 'main:0', '@0', '%0', '{last}']) {
    expect(await open(`?session=${encodeURIComponent(name)}`)).toMatch(
      /^(400 invalid-request|404 not-found)$/,
    );
  }
});

test('names that tmux would read otherwise are refused', async ({ raw: { client } }) => {
  const create = async (name: unknown): Promise<string> =>
    refusal(await client.send('POST', 'api/sessions', { body: JSON.stringify({ name }) }));
  for (const name of [
    '',
    ' ',
    'a:b',
    'a.b',
    '-d',
    '$(id)',
    '#{pid}',
    'a\nb',
    'a\0b',
    '=x',
    7,
    null,
  ]) {
    expect(await create(name), JSON.stringify(name)).toBe('400 invalid-request');
  }
  expect(await create('x'.repeat(65))).toBe('400 invalid-request');
});

test('strangers reach nothing but the page and the sign-in', async ({ installation }) => {
  const stranger = new RawClient(installation.server.url);
  for (const [method, path] of [
    ['GET', 'api/sessions'],
    ['GET', 'api/me'],
    ['GET', 'events?session=main'],
    ['POST', 'commands?session=main'],
    ['POST', 'api/sessions'],
    ['DELETE', 'api/sessions/%240'],
  ] as const) {
    const body = method === 'POST' ? '{}' : undefined;
    const answer = await stranger.send(method, path, body === undefined ? {} : { body });
    expect(await refusal(answer), `${method} ${path}`).toBe('401 unauthenticated');
  }
  expect((await stranger.send('GET', 'api/health/live')).status).toBe(200);
});

test('a stream that vanishes takes its token along and nothing else', async ({
  raw: { client, stream },
  session,
}) => {
  const second = await client.openStream(session.name);
  second.close();
  const resync = { cmd: 'resync', args: {} };
  await expect
    .poll(async () => (await client.command(session.name, second.token, resync)).status)
    .toBe(401);
  expect((await client.command(session.name, stream.token, resync)).status).toBe(200);
  expect(await session.tmux('list-panes', '-F', '#{pane_id}')).toBe(`${session.pane}\n`);
});
