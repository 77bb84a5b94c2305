import { HEARTBEAT_MS, LAST_EVENT_ID_HEADER } from '#dto/constants';
import { FakeEnvironment, settle } from '../stream/fake-environment';
import { FAKE_STATUS, fakeRecord } from './fake-records';
import { LiveStream } from './live-stream';

interface Opened {
  readonly stream: LiveStream;
  readonly environment: FakeEnvironment;
  readonly heard: string[];
}

function openStream(): Opened {
  const environment = new FakeEnvironment();
  const heard: string[] = [];
  const stream = new LiveStream({
    environment,
    query: { actor: 'ana b' },
    after: 41,
    onRecord: ({ seq }) => heard.push(`record ${String(seq)}`),
    onStatus: ({ state }) => heard.push(state),
    onState: (state) => heard.push(state),
    onEnded: (code, message) => heard.push(`ended ${code}: ${message}`),
  });
  return { stream, environment, heard };
}

describe(LiveStream.name, () => {
  it('asks for what comes after the page, with its filters', async () => {
    const { environment, heard } = openStream();
    expect(environment.request(0).url).toBe('api/audit/events?actor=ana+b&after=41');

    environment.request(0).open();
    environment.request(0).event('status', FAKE_STATUS, '41');
    environment.request(0).event('record', { record: fakeRecord(42) }, '42');
    await settle();

    expect(heard).toEqual(['connecting', 'live', 'recording', 'record 42']);
  });

  it('comes back where it was cut, later and later while nothing answers', async () => {
    const { environment, heard } = openStream();
    environment.request(0).open();
    environment.request(0).event('record', { record: fakeRecord(42) }, '42');
    environment.request(0).end();
    await settle();
    expect(heard.at(-1)).toBe('reconnecting');

    const waits: number[] = [];
    for (let attempt = 1; attempt <= 3; attempt++) {
      const due = environment.timers[0]!.at - environment.time;
      waits.push(due);
      environment.advance(due);
      await settle();
      expect(environment.requests).toHaveLength(attempt + 1);
      expect(environment.request(attempt).header(LAST_EVENT_ID_HEADER)).toBe('42');
      environment.request(attempt).fail();
      await settle();
    }
    expect(waits[1]).toBeGreaterThan(waits[0]!);
    expect(waits[2]).toBeGreaterThan(waits[1]!);
  });

  it('gives a silent connection up', async () => {
    const { environment, heard } = openStream();
    environment.request(0).open();
    await settle();
    environment.advance(2 * HEARTBEAT_MS);
    await settle();
    expect(heard.at(-1)).toBe('reconnecting');
  });

  it.each([
    [403, 'forbidden'],
    [401, 'unauthenticated'],
  ])('does not come back after %d', async (status, code) => {
    const { environment, heard } = openStream();
    environment.request(0).answer(status, { code, message: 'no', correlationId: 'c' });
    await settle();
    expect(heard.at(-1)).toBe(`ended ${code}: no`);
    expect(environment.timers).toEqual([]);
  });

  it('does not come back after the server said why it ends, but after it was restarted', async () => {
    const { environment, heard } = openStream();
    environment.request(0).open();
    environment.request(0).event('fatal', { code: 'draining', message: 'stops' });
    await settle();
    expect(heard.at(-1)).toBe('reconnecting');

    environment.advance(environment.timers[0]!.at - environment.time);
    await settle();
    environment.request(1).open();
    environment.request(1).event('fatal', { code: 'revoked', message: 'gone' });
    await settle();
    expect(heard.at(-1)).toBe('ended revoked: gone');
    expect(environment.timers).toEqual([]);
  });

  it('says nothing more once it is closed', async () => {
    const { stream, environment, heard } = openStream();
    environment.request(0).open();
    await settle();
    stream.close();
    environment.request(0).event('record', { record: fakeRecord(42) }, '42');
    await settle();
    expect(heard).toEqual(['connecting', 'live']);
    expect(environment.request(0).init.signal?.aborted).toBe(true);
  });
});
