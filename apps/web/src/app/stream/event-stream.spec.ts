import { EventStream } from './event-stream';
import { FakeEnvironment, settle } from './fake-environment';
import type { StreamEvent } from './stream-event';

const FLOW = { windowChars: 512 * 1024, ackChars: 100, ackMs: 15_000 };
const INFO = { connectionId: 'c1', heartbeatMs: 15_000, hiddenHeartbeatMs: 60_000, flow: null };

function createStream(create = false, mayConnect = true) {
  const admitted = { now: mayConnect };
  const environment = new FakeEnvironment();
  const events: StreamEvent[] = [];
  const log: string[] = [];
  const parsed: (() => void)[] = [];
  const acknowledged: number[] = [];
  let gate: Promise<void> = Promise.resolve();
  const stream = new EventStream({
    session: () => 'my work',
    create,
    environment,
    mayConnect: () => admitted.now,
    resting: () => log.push('resting'),
    consume: (event, consumed) => {
      events.push(event);
      parsed.push(consumed);
      return gate;
    },
    acknowledge: (received) => {
      acknowledged.push(received);
      return Promise.resolve();
    },
    trying: (attempt) => log.push(`try ${String(attempt)}`),
    waiting: (...[, reason, retryAt]) =>
      log.push(`wait ${String(retryAt - environment.time)}: ${reason}`),
    ended: (code) => log.push(`ended ${code}`),
    rightsChanged: (message) => log.push(`rights: ${message}`),
  });
  const hold = (): (() => void) => {
    let release: () => void = () => undefined;
    gate = new Promise((resolve) => {
      release = resolve;
    });
    return release;
  };
  return { environment, events, log, stream, hold, admitted, parsed, acknowledged };
}

describe(EventStream.name, () => {
  it('asks relative to the base path, quotes the name and creates only when told', async () => {
    const { environment } = createStream(true);
    await settle();
    expect(environment.request(0).url).toBe('events?session=my+work&flow=ack&create=1');
    expect(createStream().environment.request(0).url).toBe('events?session=my+work&flow=ack');
  });

  it('comes back with the id of the last event and without create', async () => {
    const { environment, events, log } = createStream(true);
    environment.request(0).open();
    environment.request(0).event('connection-info', INFO);
    environment.request(0).event('bell', { pane: '%1' }, '41');
    environment.request(0).event('bell', { pane: '%2' }, '42');
    environment.request(0).end();
    await settle();
    expect(events.map(({ name }) => name)).toEqual(['connection-info', 'bell', 'bell']);
    environment.advance(300);
    await settle();
    expect(environment.request(1).header('Last-Event-ID')).toBe('42');
    expect(environment.request(1).url).not.toContain('create');
    expect(log).toEqual(['try 1', 'wait 300: The server closed the connection', 'try 2']);
  });

  it('backs off on network errors and 5xx, and starts over after a connection', async () => {
    const { environment, log } = createStream();
    environment.request(0).fail();
    await settle();
    environment.advance(300);
    await settle();
    environment.request(1).answer(503, { code: 'unavailable', message: 'draining' });
    await settle();
    environment.advance(600);
    await settle();
    environment.request(2).open();
    environment.request(2).event('connection-info', INFO);
    environment.request(2).end();
    await settle();
    expect(log.filter((line) => line.startsWith('wait'))).toEqual([
      'wait 300: The server cannot be reached',
      'wait 600: draining',
      'wait 300: The server closed the connection',
    ]);
  });

  it('honours Retry-After', async () => {
    const { environment, log } = createStream();
    environment
      .request(0)
      .answer(429, { code: 'rate-limited', message: 'slow' }, { 'Retry-After': '7' });
    await settle();
    expect(log).toContain('wait 7000: slow');
  });

  it('tries again at once when asked', async () => {
    const { environment, stream } = createStream();
    environment.request(0).fail();
    await settle();
    stream.retryNow();
    await settle();
    expect(environment.requests).toHaveLength(2);
    expect(environment.timers).toHaveLength(1);
  });

  it('gives a silent connection up after two heartbeats, not before', async () => {
    const { environment, log } = createStream();
    environment.request(0).open();
    environment.request(0).event('connection-info', { ...INFO, heartbeatMs: 1000 });
    await settle();
    environment.advance(1500);
    environment.request(0).push(': heartbeat\n\n');
    await settle();
    environment.advance(1500);
    await settle();
    expect(log).toEqual(['try 1']);
    environment.advance(500);
    await settle();
    expect(log).toEqual(['try 1', 'wait 300: The connection went silent']);
    expect(environment.request(0).init.signal?.aborted).toBe(true);
  });

  it.each([
    [401, 'unauthenticated'],
    [404, 'not-found'],
    [403, 'forbidden'],
  ])('ends on %i', async (status, code) => {
    const { environment, log } = createStream();
    environment.request(0).answer(status, { code, message: 'no' });
    await settle();
    environment.advance(60_000);
    await settle();
    expect(log).toEqual(['try 1', `ended ${code}`]);
    expect(environment.requests).toHaveLength(1);
  });

  it('ends on a fatal event, but comes back to a draining server', async () => {
    const ended = createStream();
    ended.environment.request(0).open();
    ended.environment.request(0).event('fatal', { code: 'session-ended', message: 'bye' });
    await settle();
    expect(ended.log).toEqual(['try 1', 'ended session-ended']);
    const draining = createStream();
    draining.environment.request(0).open();
    draining.environment.request(0).event('fatal', { code: 'draining', message: 'restart' });
    await settle();
    expect(draining.log).toEqual(['try 1', 'wait 300: restart']);
  });

  it('reads nothing more while an event is being consumed', async () => {
    const { environment, events, hold } = createStream();
    const release = hold();
    environment.request(0).open();
    environment.request(0).event('bell', { pane: '%1' });
    environment.request(0).event('bell', { pane: '%2' });
    await settle();
    expect(environment.request(0).reads).toBe(1);
    expect(events).toHaveLength(1);
    environment.advance(120_000);
    release();
    await settle();
    expect(events).toHaveLength(2);
  });

  it('rests while it may not connect, and comes back with the last id', async () => {
    const { environment, log, stream, admitted } = createStream();
    environment.request(0).open();
    environment.request(0).event('connection-info', INFO);
    environment.request(0).event('bell', { pane: '%1' }, '7');
    await settle();
    admitted.now = false;
    stream.reconsider();
    expect(environment.request(0).init.signal?.aborted).toBe(true);
    environment.request(0).end();
    await settle();
    stream.retryNow();
    await settle();
    expect(log).toEqual(['try 1', 'resting', 'resting']);
    expect(environment.timers).toEqual([]);
    admitted.now = true;
    stream.reconsider();
    await settle();
    expect(environment.requests).toHaveLength(2);
    expect(environment.request(1).header('Last-Event-ID')).toBe('7');
  });

  it('rests from the beginning, and ends so when it is closed', async () => {
    const { environment, log, stream } = createStream(false, false);
    await settle();
    expect(environment.requests).toEqual([]);
    stream.close();
    await settle();
    expect(log).toEqual(['resting']);
  });

  it('leaves no timer and no request behind when closed', async () => {
    const { environment, log, stream } = createStream();
    environment.request(0).open();
    await settle();
    stream.close();
    environment.request(0).end();
    await settle();
    expect(environment.timers).toEqual([]);
    expect(environment.request(0).init.signal?.aborted).toBe(true);
    expect(log).toEqual(['try 1']);
  });

  it('[F11] comes back at once when rights changed, and says so', async () => {
    const { environment, log } = createStream();
    environment.request(0).open();
    environment.request(0).event('connection-info', INFO);
    environment.request(0).event('fatal', { code: 'rights-changed', message: 'viewer now' });
    await settle();
    environment.advance(100);
    await settle();
    expect(environment.requests).toHaveLength(2);
    expect(log).toEqual(['try 1', 'rights: viewer now', 'try 1']);
    environment.request(1).answer(401, { code: 'unauthenticated', message: 'no' });
    await settle();
    expect(log.at(-1)).toBe('ended unauthenticated');
  });

  it.each(['signed-out', 'revoked', 'expired'])('ends when its sign-in is %s', async (code) => {
    const { environment, log } = createStream();
    environment.request(0).open();
    environment.request(0).event('fatal', { code, message: 'over' });
    await settle();
    expect(log.at(-1)).toBe(`ended ${code}`);
    expect(environment.timers).toEqual([]);
  });

  it('acknowledges what was parsed, of each connection by itself', async () => {
    const { environment, parsed, acknowledged } = createStream();
    environment.request(0).open();
    environment.request(0).event('connection-info', { ...INFO, flow: FLOW });
    for (let count = 0; count < 3; count += 1) {
      environment.request(0).event('notice', { message: 'x'.repeat(80) });
    }
    environment.request(0).event('of-a-newer-server', { text: 'x'.repeat(80) });
    await settle();
    // What is not known to the page is read, too.
    expect(acknowledged).toEqual([]);
    parsed[1]?.();
    await settle();
    expect(acknowledged).toEqual([185]);
    const late = parsed[2];
    environment.request(0).end();
    await settle();
    environment.advance(300);
    await settle();
    environment.request(1).open();
    environment.request(1).event('connection-info', { ...INFO, flow: FLOW });
    await settle();
    late?.();
    await settle();
    expect(acknowledged).toEqual([185]);
    environment.request(1).event('notice', { message: 'y'.repeat(100) });
    await settle();
    parsed.at(-1)?.();
    await settle();
    expect(acknowledged).toEqual([185, 114]);
  });

  it('asks a stream for a sign of life, and gives it up when there is none', async () => {
    const { environment, log, stream, acknowledged } = createStream();
    environment.request(0).open();
    environment.request(0).event('connection-info', { ...INFO, flow: FLOW });
    await settle();
    stream.check();
    await settle();
    expect(acknowledged).toEqual([0]);
    environment.advance(2000);
    environment.request(0).push(': heartbeat\n\n');
    await settle();
    environment.advance(2000);
    await settle();
    expect(log).toEqual(['try 1']);
    stream.check();
    environment.advance(3000);
    await settle();
    expect(log).toEqual(['try 1', 'wait 300: The connection went silent']);
  });

  it('gives a server more time to answer than to send a heartbeat', async () => {
    const { environment, log } = createStream();
    environment.advance(29_000);
    await settle();
    expect(log).toEqual(['try 1']);
    environment.advance(1_000);
    await settle();
    expect(log.at(-1)).toContain('silent');
  });

  it('takes its own standing still for no silence', async () => {
    const { environment, log } = createStream();
    environment.request(0).open();
    environment.request(0).event('connection-info', INFO);
    await settle();
    environment.advance(3_600_000);
    await settle();
    expect(log).toEqual(['try 1']);
    environment.request(0).push(': heartbeat\n\n');
    await settle();
    environment.advance(29_000);
    await settle();
    expect(log).toEqual(['try 1']);
    environment.advance(3_600_000);
    await settle();
    environment.advance(3_000);
    await settle();
    expect(log.at(-1)).toContain('silent');
  });

  it('is more patient with a stream that nobody looks at', async () => {
    const { environment, log, stream } = createStream();
    environment.request(0).open();
    environment.request(0).event('connection-info', INFO);
    await settle();
    environment.advance(20_000);
    stream.setHidden(true);
    environment.advance(119_000);
    await settle();
    expect(log).toEqual(['try 1']);
    environment.advance(1_000);
    await settle();
    expect(log.at(-1)).toContain('silent');
  });

  it('comes back to a restarted server when it was told to', async () => {
    const { environment, log } = createStream();
    environment.request(0).open();
    environment.request(0).event('fatal', { code: 'draining', message: 'restart', retryMs: 4200 });
    await settle();
    expect(log).toEqual(['try 1', 'wait 4200: restart']);
  });
});
