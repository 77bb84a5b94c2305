import { waitFor } from '#testing';
import type { FatalEvent } from '#dto';
import { BrowserTwin } from '../testing/browser-twin.js';
import { ServerUnderTest } from '../testing/server-under-test.js';
import type { TestStream } from '../testing/test-stream.js';

/** Under the limit of streams that one credential may open in a minute. */
const STREAMS_EACH = 50;
const FLAGS = { streamsPerCredential: '1000', historyLines: '500' };

let server: ServerUnderTest;

/** Opens so many streams at once, of several people. */
async function crowd(count: number, ids: readonly string[] = []): Promise<readonly TestStream[]> {
  const clients = await Promise.all(
    Array.from({ length: Math.ceil(count / STREAMS_EACH) }, (_, at) =>
      server.clientOf({ name: `ana-${at}` }),
    ),
  );
  return Promise.all(
    Array.from({ length: count }, async (_, at) => {
      const client = clients[Math.floor(at / STREAMS_EACH)];
      if (client === undefined) throw new Error('too few clients');
      const lastEventId = ids[at];
      const stream = await client.open('main', {
        flow: 'ack',
        ...(lastEventId === undefined ? {} : { lastEventId }),
      });
      await stream.next('snapshot');
      return stream;
    }),
  );
}

/** Pictures of the pane that were taken, by tmux's own log. */
async function picturesTaken(): Promise<number> {
  const log = await server.tmux.run('show-messages');
  return log.split('\n').filter((line) => /capture-pane.*"-S"/.test(line)).length;
}

beforeEach(async () => {
  server = await ServerUnderTest.start(FLAGS);
  await server.tmux.run('set-option', '-s', 'message-limit', '100000');
});

afterEach(() => server.stop());

describe('a crowd', () => {
  it('[L15] is told to come back one after the other, and is live again soon when it does not', async () => {
    const before = await crowd(200);
    const taken = await picturesTaken();
    await server.running.app.close();
    const last = await Promise.all(
      before.map((stream): Promise<FatalEvent> => stream.next('fatal')),
    );
    const waits = last.map(({ retryMs }) => retryMs ?? 0).toSorted((a, b) => a - b);
    expect(new Set(waits).size).toBe(200);
    expect(waits.at(0)).toBeGreaterThanOrEqual(500);
    expect(waits.at(-1)).toBeGreaterThan(2000);
    expect(waits.at(-1)).toBeLessThanOrEqual(5000);
    const ids = before.map(({ lastEventId }) => lastEventId);
    const running = await ServerUnderTest.serve(server.tmux, FLAGS);
    server = ServerUnderTest.of(server.tmux, running);
    const again = await crowd(200, ids);
    expect((await picturesTaken()) - taken).toBeLessThan(100);
    // All of them are told who is here, and few enough times that it does not matter.
    for (const stream of again) {
      await stream.next('state', ({ viewers }) => viewers?.length === 200);
      expect(stream.all('state').length).toBeLessThan(100);
    }
    await server.tmux.run('send-keys', '-t', '%0', 'echo to-every""body', 'Enter');
    for (const stream of again) {
      await stream.next('output', ({ data }) => data.includes('to-everybody'));
      stream.close();
    }
  }, 120_000);

  it('[L17] that asks for a long history shares few pictures, each of bounded length', async () => {
    const [first] = await crowd(1);
    await server.tmux.run('send-keys', '-t', '%0', 'seq 1 5000; echo the-end', 'Enter');
    await waitFor(async () => (await server.tmux.run('capture-pane', '-p')).includes('\nthe-end'));
    const taken = await picturesTaken();
    const streams = await crowd(100);
    expect((await picturesTaken()) - taken).toBeLessThan(50);
    for (const stream of streams) {
      const [snapshot] = stream.all('snapshot');
      const { screen = '', rows = 0 } = snapshot?.panes[0] ?? {};
      expect(screen.split('\n').length).toBeLessThanOrEqual(500 + rows);
      expect(screen).toContain('the-end');
      stream.close();
    }
    first?.close();
  }, 60_000);

  it('[L3] that stalls leaves those who read alone', async () => {
    const stalled = await crowd(100);
    for (const stream of stalled) stream.pause();
    const client = await server.client();
    const active: BrowserTwin[] = [];
    for (let count = 0; count < 5; count += 1) {
      const stream = await client.open('main');
      await stream.next('snapshot');
      active.push(new BrowserTwin(stream));
    }
    const portions = 'for i in 1 2 3 4; do seq 1 20000; sleep 0.1; done; echo the-end';
    await server.tmux.run('send-keys', '-t', '%0', portions, 'Enter');
    await waitFor(async () => (await server.tmux.run('capture-pane', '-p')).includes('\nthe-end'), {
      timeoutMs: 30_000,
    });
    const rows = (await server.tmux.run('capture-pane', '-p')).trimEnd().split('\n');
    for (const twin of active) {
      await waitFor(async () => (await twin.rows('%0')).join('\n').includes(rows.join('\n')), {
        timeoutMs: 20_000,
      });
      expect(twin.breaks).toEqual([]);
      expect(twin.snapshots).toBe(1);
      expect(twin.pictures).toBe(0);
      twin.dispose();
    }
    for (const stream of stalled) stream.close();
  }, 90_000);
});
