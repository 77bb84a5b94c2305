import { FLOW_WINDOW_CHARS } from '#dto/constants';
import type { PaneId } from '#dto';
import { seeded, waitFor } from '#testing';
import { Acknowledger } from '../testing/acknowledger.js';
import { auditRecords } from '../testing/audit-records.js';
import { BrowserTwin } from '../testing/browser-twin.js';
import { ServerUnderTest } from '../testing/server-under-test.js';
import type { TestClient } from '../testing/test-client.js';
import type { TestStream } from '../testing/test-stream.js';

let server: ServerUnderTest;
let client: TestClient;
const twins: BrowserTwin[] = [];
const acknowledgers: Acknowledger[] = [];

async function start(flags: Readonly<Record<string, string>> = {}): Promise<void> {
  server = await ServerUnderTest.start(flags);
  client = await server.client();
}

afterEach(async () => {
  await Promise.all(acknowledgers.splice(0).map((each) => each.stop()));
  for (const twin of twins.splice(0)) twin.dispose();
  await server.stop();
});

const type = (text: string, pane: PaneId = '%0'): Promise<string> =>
  server.tmux.run('send-keys', '-t', pane, text, 'Enter');

async function watch(options: Parameters<TestClient['open']>[1] = {}): Promise<TestStream> {
  const stream = await client.open('main', options);
  await stream.next('snapshot');
  return stream;
}

function twinOf(stream: TestStream, options?: { mayRepeat: boolean }): BrowserTwin {
  const twin = new BrowserTwin(stream, options);
  twins.push(twin);
  return twin;
}

function acknowledge(stream: TestStream, delayMs?: () => number): Acknowledger {
  const acknowledger = new Acknowledger(client, stream, delayMs);
  acknowledgers.push(acknowledger);
  return acknowledger;
}

/** History and screen as tmux has them. */
async function rowsOf(pane: PaneId): Promise<string[]> {
  const text = await server.tmux.run('capture-pane', '-p', '-S', '-', '-t', pane);
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((row) => row.trimEnd());
}

async function tmuxShows(text: string, pane: PaneId = '%0'): Promise<void> {
  const shown = (): Promise<string> => server.tmux.run('capture-pane', '-p', '-t', pane);
  await waitFor(async () => (await shown()).split('\n').includes(text), {
    what: `${pane} to show ${text}`,
    timeoutMs: 60_000,
  });
}

/** Waits until the twin shows what tmux has, and tells the difference when it never does. */
async function expectExact(twin: BrowserTwin, pane: PaneId = '%0', count = 1000): Promise<void> {
  const expected = (await rowsOf(pane)).slice(-count);
  await waitFor(async () => (await twin.rows(pane)).slice(-count).join() === expected.join(), {
    timeoutMs: 20_000,
  }).catch(() => undefined);
  expect((await twin.rows(pane)).slice(-count)).toEqual(expected);
  expect(twin.breaks).toEqual([]);
}

/** The text that a stream was sent of a pane, in all. */
const textOf = (stream: TestStream, pane: PaneId): string =>
  stream
    .all('output')
    .filter((output) => output.pane === pane)
    .map(({ data }) => data)
    .join('');

/**
 * More than the window as JSON, where an escape is six characters, and at any speed too little to be a flood
 * (`BURST_BYTES`).
 */
const MUCH = `seq -f "$(printf '\\033[m')%g" 1 40000; echo the-end`;

describe('a viewer that acknowledges', () => {
  it('is sent no more than the window, then the picture, and nobody else notices', async () => {
    await start();
    await server.tmux.run('split-window', '-d', '-t', '%0');
    const slow = await watch({ flow: 'ack' });
    const twin = twinOf(slow);
    const other = await watch();
    const otherTwin = twinOf(other);
    expect(slow.info.flow).toMatchObject({ windowChars: FLOW_WINDOW_CHARS });
    expect(other.info.flow).toBeNull();
    await type(MUCH);
    await tmuxShows('the-end');
    await expectExact(otherTwin);
    // Nothing was acknowledged: one pane stands still, the others go on.
    await type('echo still typing', '%1');
    await waitFor(() => textOf(slow, '%1').includes('still typing\r\n'), {
      what: 'the other pane',
    });
    expect(slow.received).toBeLessThan(1.5 * FLOW_WINDOW_CHARS);
    expect(twin.pictures).toBe(0);
    acknowledge(slow);
    await expectExact(twin);
    expect(twin.pictures).toBe(1);
    expect(slow.all('snapshot')).toHaveLength(1);
    expect(otherTwin.pictures).toBe(0);
    expect(other.all('snapshot')).toHaveLength(1);
    // Live again.
    await type('echo and on');
    await waitFor(() => textOf(slow, '%0').includes('and on\r\n'));
    await expectExact(twin);
    await expectExact(twin, '%1');
  }, 90_000);

  it('shows exactly what tmux has, however late and unevenly it acknowledges', async () => {
    await start();
    await server.tmux.run('split-window', '-d', '-t', '%0');
    const random = seeded(20_261_126);
    const viewers = await Promise.all(
      [20, 1000].map(async (latestMs) => {
        const stream = await watch({ flow: 'ack' });
        const acknowledger = acknowledge(stream, () => random() * latestMs);
        return { twin: twinOf(stream), acknowledger };
      }),
    );
    const portions = (): string =>
      Array.from({ length: 4 }, () => `seq 1 ${Math.floor(random() * 40_000)}`).join(
        '; sleep 0.1;',
      );
    for (let round = 1; round <= 2; round += 1) {
      await type(`${portions()}; echo over-${round}`);
      await type(`${portions()}; echo over-${round}`, '%1');
      await tmuxShows(`over-${round}`);
      await tmuxShows(`over-${round}`, '%1');
      for (const { twin } of viewers) {
        await expectExact(twin);
        await expectExact(twin, '%1');
      }
    }
    for (const { acknowledger } of viewers) {
      // At most two pictures beside what the window lets through.
      expect(acknowledger.peak).toBeLessThan(4 * FLOW_WINDOW_CHARS);
    }
  }, 120_000);

  it('shows the end of a flood', async () => {
    await start();
    const stream = await watch({ flow: 'ack' });
    acknowledge(stream, () => 300);
    const twin = twinOf(stream);
    await type('seq 1 300000; echo the-end');
    await tmuxShows('the-end');
    await expectExact(twin);
  }, 60_000);

  it('comes back, while it is behind, to exactly what was left out', async () => {
    await start({ ringBytes: '16777216' });
    const first = await watch({ flow: 'ack' });
    const other = await watch();
    const twin = twinOf(first, { mayRepeat: true });
    await type(MUCH);
    await tmuxShows('the-end');
    await type('echo more');
    // What the server has not heard yet is no part of the past.
    await waitFor(() => textOf(other, '%0').includes('\r\nmore\r\n'), { timeoutMs: 20_000 });
    const { lastEventId } = first;
    first.close();
    const again = await client.open('main', { lastEventId, flow: 'ack' });
    twin.follow(again);
    acknowledge(again);
    await expectExact(twin);
    expect(again.all('snapshot')).toEqual([]);
    expect(textOf(again, '%0')).toContain('\r\nthe-end\r\n');
    expect(twin.pictures).toBe(0);
  }, 60_000);

  it('is refused what cannot be, and answered a repeated number with a heartbeat', async () => {
    await start();
    const stream = await watch({ flow: 'ack' });
    const ack = async (received: unknown): Promise<unknown> => {
      const { status } = await client.command(stream, 'ack', { received } as { received: number });
      return status;
    };
    const { received } = stream;
    for (const wrong of [received + 1_000_000, -1, 1.5, '1', null, undefined]) {
      expect(await ack(wrong)).toBe(400);
    }
    expect(await ack(received)).toBe(200);
    expect(await ack(received - 1)).toBe(400);
    const { heartbeats } = stream;
    expect(await ack(received)).toBe(200);
    await waitFor(() => stream.heartbeats > heartbeats);
    const plain = await watch();
    const refused = await client.command(plain, 'ack', { received: 0 });
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    expect(await client.request('events?session=main&flow=fast')).toMatchObject({ status: 400 });
  });

  it('may be one that only looks, and leaves no record', async () => {
    await start();
    const looker = await server.clientOf({ role: 'viewer' });
    const stream = await looker.open('main', { flow: 'ack' });
    await stream.next('snapshot');
    const { received } = stream;
    expect((await looker.command(stream, 'ack', { received })).status).toBe(200);
    expect((await looker.command(stream, 'set-visibility', { visible: false })).status).toBe(200);
    const records = auditRecords(`${server.tmux.dir}/state`);
    expect(records.map(({ action }) => action)).not.toContain('tmux.ack');
    expect(records.map(({ action }) => action)).not.toContain('tmux.set-visibility');
  });
});

describe('a page that nobody sees', () => {
  it('is sent no output, and exactly what it missed when it is seen again', async () => {
    await start();
    await server.tmux.run('split-window', '-d', '-t', '%0');
    const stream = await watch({ flow: 'ack' });
    acknowledge(stream);
    const twin = twinOf(stream);
    await client.command(stream, 'set-visibility', { visible: false });
    const { received } = stream;
    await type(`${MUCH}; printf '\\a'`);
    await tmuxShows('the-end');
    await stream.next('bell', ({ pane }) => pane === '%0');
    await server.tmux.run('rename-window', 'elsewhere');
    await stream.next('state', ({ windows }) => windows?.[0]?.name === 'elsewhere');
    expect(stream.received - received).toBeLessThan(10_000);
    expect(stream.all('output').filter(({ data }) => data.includes('the-end'))).toEqual([]);
    await client.command(stream, 'set-visibility', { visible: true });
    await expectExact(twin);
    // Nothing of the pane that had no output.
    expect(twin.pictures).toBe(1);
    await type('echo seen');
    await waitFor(() => textOf(stream, '%0').includes('seen\r\n'));
    await expectExact(twin);
    await expectExact(twin, '%1');
  }, 60_000);

  it('is told of new, resized and closed panes, and shown them when it is seen again', async () => {
    await start();
    const stream = await watch();
    const twin = twinOf(stream);
    await client.command(stream, 'set-visibility', { visible: false });
    await server.tmux.run('split-window', '-d', '-t', '%0', 'echo hello; exec cat');
    await server.tmux.run('split-window', '-d', '-t', '%0', 'echo gone; exec cat');
    await stream.next('state', ({ panes }) => panes?.some(({ id }) => id === '%2') === true);
    await server.tmux.run('kill-pane', '-t', '%2');
    await stream.next('state', ({ removedPanes }) => removedPanes?.includes('%2') === true);
    const screens = stream.all('state').flatMap(({ panes }) => panes ?? []);
    expect(screens.filter(({ screen }) => screen !== undefined && screen !== '')).toEqual([]);
    await client.command(stream, 'set-visibility', { visible: true });
    await expectExact(twin, '%0', 10);
    await expectExact(twin, '%1', 5);
  }, 30_000);

  it('comes back to all that was left out', async () => {
    await start();
    const first = await watch();
    const twin = twinOf(first, { mayRepeat: true });
    await client.command(first, 'set-visibility', { visible: false });
    await type('seq 1 200; echo unseen');
    await tmuxShows('unseen');
    await server.tmux.run('rename-window', 'elsewhere');
    await first.next('state', ({ windows }) => windows?.[0]?.name === 'elsewhere');
    const { lastEventId } = first;
    first.close();
    const again = await client.open('main', { lastEventId });
    twin.follow(again);
    await expectExact(twin, '%0', 100);
    expect(again.all('snapshot')).toEqual([]);
  });
});
