import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitFor } from '#testing';
import { BrowserTwin } from '../testing/browser-twin.js';
import { ServerUnderTest } from '../testing/server-under-test.js';
import type { TestClient } from '../testing/test-client.js';
import type { TestStream } from '../testing/test-stream.js';

let server: ServerUnderTest;
let client: TestClient;

async function start(flags: Readonly<Record<string, string>> = {}): Promise<void> {
  server = await ServerUnderTest.start(flags);
  client = await server.client();
}

afterEach(() => server.stop());

const send = (text: string): Promise<string> =>
  server.tmux.run('send-keys', '-t', '%0', text, 'Enter');

const tail = async (count: number): Promise<string[]> => {
  const text = await server.tmux.run('capture-pane', '-p', '-S', '-', '-t', '%0');
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((row) => row.trimEnd())
    .slice(-count);
};

async function watch(options: Parameters<TestClient['open']>[1] = {}): Promise<TestStream> {
  const stream = await client.open('main', options);
  await stream.next('snapshot');
  return stream;
}

async function expectTail(twin: BrowserTwin, count = 1000): Promise<void> {
  const expected = await tail(count);
  await waitFor(async () => (await twin.rows('%0')).slice(-count).join() === expected.join(), {
    what: 'the twin to show what tmux has',
    timeoutMs: 20_000,
  }).catch(() => undefined);
  expect((await twin.rows('%0')).slice(-count)).toEqual(expected);
  expect(twin.breaks).toEqual([]);
}

describe('resuming a stream', () => {
  beforeEach(() => start());

  it('replays exactly what was missed while the ring has it', async () => {
    const first = await watch();
    const twin = new BrowserTwin(first);
    await send('echo before');
    await first.next('output', ({ data }) => data.includes('before\r\n'));
    const lastEventId = first.lastEventId;
    first.close();
    const other = await watch();
    await send('seq 1 500; echo missed');
    await other.next('output', ({ data }) => data.includes('missed\r\n'));
    const again = await client.open('main', { lastEventId });
    const resumed = new BrowserTwin(first);
    for (const event of again.events) first.onEvent?.(event);
    again.onEvent = (event) => first.onEvent?.(event);
    await again.next('output', ({ data }) => data.includes('missed\r\n'));
    expect(again.all('snapshot')).toEqual([]);
    await expectTail(resumed);
    twin.dispose();
    resumed.dispose();
  });

  it.each([
    ['from another run', '1'],
    ['that is no number', 'abc'],
    ['from the future', '9999999999999999'],
  ])('sends one snapshot for an id %s', async (_name, lastEventId) => {
    const stream = await watch({ lastEventId });
    expect(stream.all('snapshot')).toHaveLength(1);
  });

  it('numbers events so that ids go up', async () => {
    const stream = await watch();
    await send('seq 1 50');
    await stream.next('output', ({ data }) => data.includes('50\r\n'));
    const ids = stream.events.map(({ id }) => Number(id)).filter((id) => id > 0);
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
    expect(stream.events[0]?.id).toBe('');
  });
});

describe('joining a flooding pane', () => {
  it('loses and doubles nothing for anybody', async () => {
    await start();
    const first = new BrowserTwin(await watch());
    await send('seq 1 60000; echo the-end');
    const twins = [first];
    for (let index = 0; index < 5; index += 1) twins.push(new BrowserTwin(await watch()));
    await waitFor(async () => (await tail(30)).includes('the-end'), { timeoutMs: 30_000 });
    for (const twin of twins) {
      await expectTail(twin);
      twin.dispose();
    }
  }, 60_000);

  it('keeps characters whole that tmux cut', async () => {
    await start();
    // Less than would be a flood, on a machine however slow.
    const lines = Array.from({ length: 1500 }, (_, index) => `${index}漢字かな交じり文é🚀`);
    const file = join(server.tmux.dir, 'text');
    await writeFile(file, `${lines.join('\n')}\nthe-end\n`);
    const stream = await watch();
    await send(`cat ${file}`);
    const late = await watch();
    await waitFor(async () => (await tail(30)).includes('the-end'), { timeoutMs: 30_000 });
    for (const each of [stream, late]) {
      await waitFor(() => each.events.some(({ data }) => JSON.stringify(data).includes('the-end')));
      const text = each
        .all('output')
        .map(({ data }) => data)
        .join('');
      expect(text).not.toMatch(/[\udc80-\udcff](?<![\ud800-\udbff][\udc00-\udfff])|\ufffd/);
    }
    const received = stream
      .all('output')
      .map(({ data }) => data)
      .join('');
    expect(received).toContain(lines.join('\r\n'));
  }, 60_000);
});

describe('a viewer that does not read', () => {
  it('[L1] costs nobody else anything and starts over from a snapshot', async () => {
    await start({ viewerQueueBytes: '65536' });
    const stalled = await watch();
    stalled.pause();
    const active = await watch();
    const twin = new BrowserTwin(active);
    // A flood would be paused in tmux. Pictures of a long history fill the network as well: one for each new size.
    await send(`yes ${'long '.repeat(60)} | head -n 3000; echo the-''end`);
    await waitFor(async () => (await tail(30)).includes('the-end'), { timeoutMs: 30_000 });
    await server.tmux.run('split-window', '-d', '-t', '%0');
    // Such a picture is longer than the queue may be, so who reads gets it as a snapshot.
    const pictures = (): number => active.all('snapshot').length;
    for (let size = 0; size < 30; size += 1) {
      const seen = pictures();
      await server.tmux.run('resize-pane', '-t', '%0', '-y', String(5 + (size % 2)));
      await waitFor(() => pictures() > seen, { what: 'the picture of the new size' });
    }
    await send("clear; echo the-very-''end");
    await expectTail(twin, 3);
    const before = stalled.all('snapshot').length;
    stalled.resume();
    await waitFor(() => stalled.all('snapshot').length > before, {
      what: 'a snapshot after the overflow',
      timeoutMs: 20_000,
    });
    const caughtUp = new BrowserTwin(stalled);
    await waitFor(async () => (await caughtUp.rows('%0')).includes('the-very-end'), {
      timeoutMs: 20_000,
    });
    expect((await caughtUp.rows('%0')).slice(-3)).toEqual(await tail(3));
    twin.dispose();
    caughtUp.dispose();
  }, 180_000);
});

describe('what happens to tmux', () => {
  beforeEach(() => start({ createSession: '' }));

  it('is told to viewers, who come back when tmux does', async () => {
    const stream = await watch();
    await server.tmux.kill();
    const { tmux } = await stream.next('state', (event) => event.tmux?.attached === false);
    expect(tmux?.reason).toContain('tmux server has ended');
    expect((await client.request('api/sessions')).body).toEqual({
      sessions: [],
      tmuxRunning: false,
    });
    await server.tmux.startSession('main', { cols: 91, rows: 31 });
    await waitFor(() => stream.all('snapshot').length === 2, { timeoutMs: 10_000 });
    expect(stream.all('snapshot')[1]).toMatchObject({
      cols: 91,
      rows: 31,
      tmux: { attached: true },
    });
    expect(stream.isEnded).toBe(false);
  });

  it('opens a session whose id another one had before tmux ended', async () => {
    const waiting = await watch();
    await server.tmux.kill();
    await waiting.next('state', (event) => event.tmux?.attached === false);
    await server.tmux.startSession('other');
    const other = await client.open('other');
    const snapshot = await other.next('snapshot');
    expect(snapshot.session).toEqual({ id: '$0', name: 'other' });
    expect(waiting.all('snapshot')).toHaveLength(1);
    await server.tmux.startSession('main');
    await waitFor(() => waiting.all('snapshot').length === 2, { timeoutMs: 10_000 });
    expect(waiting.all('snapshot')[1]?.session.name).toBe('main');
  });

  it('ends the streams of a session that was closed while others go on', async () => {
    await server.tmux.startSession('other');
    const stream = await watch();
    await server.tmux.run('kill-session', '-t', 'main');
    const fatal = await stream.next('fatal');
    expect(fatal).toEqual({ code: 'session-ended', message: 'The session “main” was closed.' });
    await waitFor(() => stream.isEnded);
  });

  it('ends them as well where tmux would move our client to another session', async () => {
    await server.tmux.startSession('other');
    await server.tmux.run('set-option', '-g', 'detach-on-destroy', 'off');
    const stream = await watch();
    await server.tmux.run('kill-session', '-t', 'main');
    await stream.next('fatal', ({ code }) => code === 'session-ended');
    expect(stream.all('snapshot').map(({ session }) => session.name)).toEqual(['main']);
  });

  it('comes back when somebody moves our client to another session', async () => {
    await server.tmux.startSession('other');
    const stream = await watch();
    const name = await server.tmux.run('list-clients', '-F', '#{client_name}');
    await server.tmux.run('switch-client', '-c', name.trim(), '-t', 'other');
    await waitFor(() => stream.all('snapshot').length === 2, { timeoutMs: 10_000 });
    expect(stream.all('snapshot')[1]?.session.name).toBe('main');
  });

  it('survives the end of its control client', async () => {
    const stream = await watch();
    const clients = await server.tmux.run('list-clients', '-F', '#{client_pid}');
    process.kill(Number(clients), 'SIGKILL');
    await waitFor(() => stream.all('snapshot').length === 2, { timeoutMs: 10_000 });
    await send('echo still here');
    await stream.next('output', ({ data }) => data.includes('still here\r\n'));
    expect(await server.tmux.run('display-message', '-p', '#{session_name}')).toBe('main\n');
  });

  it('goes on under the new name when the session is renamed', async () => {
    const stream = await watch();
    await server.tmux.run('rename-session', '-t', 'main', 'work');
    await stream.next('state', ({ session }) => session?.name === 'work');
    const reply = await client.command(stream, 'resync', {}, 'work');
    expect(reply.status).toBe(200);
    expect((await client.command(stream, 'resync', {}, 'main')).status).toBe(200);
  });

  it('shows what other tmux clients do', async () => {
    const stream = await watch();
    await server.tmux.run('split-window', '-h', '-t', '%0');
    const { panes } = await stream.next(
      'state',
      (event) => event.panes?.some(({ id }) => id === '%1') === true,
    );
    expect(panes?.find(({ id }) => id === '%1')).toMatchObject({ window: '@0', cols: 39 });
    await server.tmux.run('new-window', '-n', 'logs');
    await stream.next(
      'state',
      ({ windows }) => windows?.some(({ name }) => name === 'logs') === true,
    );
    await server.tmux.run('kill-pane', '-t', '%1');
    await stream.next('state', ({ removedPanes }) => removedPanes?.includes('%1') === true);
    await server.tmux.run('select-pane', '-t', '%0', '-T', 'a title');
    await stream.next(
      'state',
      (event) => event.panes?.some(({ title }) => title === 'a title') === true,
    );
    await server.tmux.run('bind-key', 'F9', 'display-panes');
  });
});

describe('streams', () => {
  beforeEach(() => start());

  it('are refused for sessions that do not exist, and made with create=1', async () => {
    expect(await client.request('events?session=none')).toMatchObject({
      status: 404,
      body: { code: 'not-found' },
    });
    const stream = await client.open('fresh', { create: true });
    await stream.next('snapshot', ({ session }) => session.name === 'fresh');
    expect(await client.request('events?session=a%3Bb&create=1')).toMatchObject({ status: 400 });
    expect(await client.request('events')).toMatchObject({ status: 400 });
  });

  it('end at sign-out, and their tokens with them', async () => {
    const stream = await watch();
    await client.post('api/sign-out', {});
    await stream.next('fatal', ({ code }) => code === 'signed-out');
    await waitFor(() => stream.isEnded);
    expect((await client.request('events?session=main')).status).toBe(401);
  });

  it('tell who is here and who drives; the seat is taken, never inherited', async () => {
    const first = await watch();
    expect(first.all('snapshot')[0]?.driver).toBe(first.info.connectionId);
    const second = await watch();
    await first.next('state', ({ viewers }) => viewers?.length === 2);
    const refused = await client.command(second, 'set-size', { cols: 100, rows: 30 });
    expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    await client.command(first, 'set-size', { cols: 100, rows: 30 });
    await second.next('state', ({ cols, rows }) => cols === 100 && rows === 30);
    await client.command(second, 'take-driver', {});
    await first.next('state', ({ driver }) => driver === second.info.connectionId);
    second.close();
    await first.next('state', ({ driver, viewers }) => driver === null && viewers?.length === 1);
  });

  it('[B13] have a token each; one too many under a sign-in ends the oldest', async () => {
    await server.stop();
    await start({ streamsPerCredential: '2' });
    const streams = [await watch(), await watch(), await watch()];
    const [first, second, third] = streams;
    if (first === undefined || second === undefined || third === undefined) throw new Error();
    expect(new Set(streams.map(({ info }) => info.sessionToken)).size).toBe(3);
    await first.next('fatal', ({ code }) => code === 'too-many-streams');
    await waitFor(() => first.isEnded);
    expect(await client.command(first, 'resync', {})).toMatchObject({
      status: 401,
      body: { code: 'session-token-invalid' },
    });
    for (const open of [second, third]) {
      expect((await client.command(open, 'resync', {})).status).toBe(200);
      expect(open.isEnded).toBe(false);
    }
  });

  it('end with a last word when the server stops, and it leaves tmux in order', async () => {
    const stream = await watch();
    await server.running.app.close();
    await stream.next('fatal', ({ code }) => code === 'draining');
    await waitFor(() => stream.isEnded);
    await waitFor(async () => (await server.tmux.run('list-clients')) === '');
  });
});
