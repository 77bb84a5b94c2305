import { TestBed } from '@angular/core/testing';
import type { PaneInfo, SnapshotEvent } from '#dto';
import { StreamBudget } from '../tabs/stream-budget';
import { Notices } from '../ui/notices';
import { FakeEnvironment, settle } from './fake-environment';
import { PANE_SINKS } from './pane-sinks';
import type { PaneSinks } from './pane-sinks';
import { SessionStore } from './session-store';
import { STREAM_ENVIRONMENT } from './stream-environment';

const INFO = {
  connectionId: 'c1',
  sessionToken: 'ab'.repeat(16),
  session: 'work',
  identity: { name: 'ana', role: 'operator' },
  readOnly: false,
  heartbeatMs: 15_000,
  hiddenHeartbeatMs: 60_000,
  flow: null,
};
const SNAPSHOT: SnapshotEvent = {
  session: { id: '$1', name: 'work' },
  driver: 'c1',
  cols: 100,
  rows: 30,
  windows: [],
  panes: [
    {
      id: '%1',
      window: '@1',
      index: 0,
      left: 0,
      top: 0,
      cols: 100,
      rows: 30,
      title: '',
      command: 'sh',
      path: '/',
      mode: null,
      dead: false,
      historyLimit: 2000,
      offset: 100,
      screen: 'S',
    },
  ],
  viewers: [],
  tmux: { attached: true, reason: null },
};

/** The places of a browser's streams, in the test's hands. */
class FakeBudget {
  may = true;
  changed: (() => void) | null = null;

  mayStream(): boolean {
    return this.may;
  }
  want(changed: () => void): () => void {
    this.changed = changed;
    return () => {
      this.changed = null;
    };
  }
  set(may: boolean): void {
    this.may = may;
    this.changed?.();
  }
}

function createStore({ parsesLater = false } = {}) {
  const budget = new FakeBudget();
  const parsing: (() => void)[] = [];
  const parse = (done: () => void): void => {
    if (parsesLater) parsing.push(done);
    else done();
  };
  const environment = new FakeEnvironment();
  const screen: string[] = [];
  const messages: string[] = [];
  const sinks: PaneSinks = {
    seed: (pane: PaneInfo, data, done) => {
      screen.push(`seed ${pane.id} ${data}`);
      parse(done);
    },
    write: (pane, data, done) => {
      screen.push(`write ${pane} ${data}`);
      parse(() => {
        done(true);
      });
    },
    frame: (pane, data, done) => {
      screen.push(`frame ${pane} ${data}`);
      done();
    },
    remove: (pane) => screen.push(`remove ${pane}`),
  };
  TestBed.configureTestingModule({
    providers: [
      SessionStore,
      { provide: STREAM_ENVIRONMENT, useValue: environment },
      { provide: StreamBudget, useValue: budget },
      { provide: PANE_SINKS, useValue: sinks },
      {
        provide: Notices,
        useValue: { push: (n: { message: string }) => messages.push(n.message) },
      },
    ],
  });
  const store = TestBed.inject(SessionStore);
  store.open('work');
  return { store, environment, screen, messages, budget, parsing };
}

async function createLive() {
  const created = createStore();
  const stream = created.environment.request(0);
  stream.open();
  stream.event('connection-info', INFO);
  stream.event('snapshot', SNAPSHOT, '1');
  await settle();
  return { ...created, stream };
}

function resyncs({ requests }: FakeEnvironment) {
  return requests.filter(({ url }) => url === 'commands?session=work');
}

describe(SessionStore.name, () => {
  it('is connecting, then live with the snapshot', async () => {
    const { store, environment } = createStore();
    expect(store.connection()).toEqual({ status: 'connecting', attempt: 1 });
    expect(store.canType()).toBe(false);
    environment.request(0).open();
    environment.request(0).event('connection-info', INFO);
    environment.request(0).event('snapshot', SNAPSHOT, '1');
    await settle();
    expect(store.connection()).toEqual({ status: 'live' });
    expect(store.canType()).toBe(true);
    expect(store.isDriver()).toBe(true);
    expect(store.grid()).toEqual({ cols: 100, rows: 30 });
  });

  it('keeps the screen over a cut, resumes and writes each byte once', async () => {
    const { store, environment, screen, stream } = await createLive();
    stream.event('output', { pane: '%1', offset: 100, data: 'ab' }, '2');
    stream.end();
    await settle();
    expect(store.connection()).toMatchObject({
      status: 'reconnecting',
      retryAt: environment.time + 300,
    });
    expect(store.panes().size).toBe(1);
    environment.advance(300);
    await settle();
    const next = environment.request(-1);
    next.open();
    next.event('connection-info', { ...INFO, connectionId: 'c2' });
    next.event('output', { pane: '%1', offset: 100, data: 'ab' }, '2');
    next.event('output', { pane: '%1', offset: 102, data: 'c' }, '3');
    await settle();
    expect(store.connection()).toEqual({ status: 'live' });
    expect(store.isDriver()).toBe(false);
    expect(screen).toEqual(['seed %1 S', 'write %1 ab', 'write %1 c']);
  });

  it('asks once for a new snapshot when output is missing', async () => {
    const { environment, stream } = await createLive();
    stream.event('output', { pane: '%1', offset: 105, data: 'x' });
    stream.event('output', { pane: '%1', offset: 106, data: 'y' });
    await settle();
    const posts = resyncs(environment);
    expect(posts.map((post) => post.body())).toEqual([{ cmd: 'resync', args: {} }]);
    expect(posts[0]?.header('X-Session-Token')).toBe(INFO.sessionToken);
  });

  it('asks again on the next connection when the picture was cut off on its way', async () => {
    const { environment, stream, screen } = await createLive();
    stream.event('output', { pane: '%1', offset: 105, data: 'x' }, '2');
    await settle();
    resyncs(environment).at(-1)?.answer(200, { ok: true, result: null });
    stream.end();
    await settle();
    environment.advance(300);
    await settle();
    const again = environment.requests.at(-1);
    again?.open();
    again?.event('connection-info', { ...INFO, connectionId: 'c2' });
    again?.event('output', { pane: '%1', offset: 106, data: 'lost' }, '3');
    await settle();
    expect(resyncs(environment)).toHaveLength(2);
    again?.event('snapshot', SNAPSHOT, '4');
    again?.event('output', { pane: '%1', offset: 100, data: 'new' }, '5');
    await settle();
    expect(screen).toEqual(['seed %1 S', 'seed %1 S', 'write %1 new']);
  });

  it('asks again when the request failed, until the picture came, and tells of it once', async () => {
    const { environment, stream, messages } = await createLive();
    stream.event('output', { pane: '%1', offset: 105, data: 'x' });
    await settle();
    for (const ms of [300, 600]) {
      resyncs(environment).at(-1)?.fail();
      await settle();
      environment.advance(ms);
    }
    expect(resyncs(environment)).toHaveLength(3);
    resyncs(environment).at(-1)?.fail();
    await settle();
    stream.event('snapshot', SNAPSHOT, '2');
    await settle();
    environment.advance(10_000);
    expect(resyncs(environment)).toHaveLength(3);
    expect(messages).toEqual([expect.stringContaining('The screen could not be refreshed')]);
  });

  it('tells that tmux is gone and that it is back', async () => {
    const { store, stream } = await createLive();
    stream.event('state', { tmux: { attached: false, reason: 'the tmux server ended' } });
    await settle();
    expect(store.connection()).toEqual({ status: 'tmux-lost', reason: 'the tmux server ended' });
    expect(store.canType()).toBe(false);
    stream.event('state', { tmux: { attached: true, reason: null } });
    await settle();
    expect(store.connection()).toEqual({ status: 'live' });
  });

  it('follows a rename in its commands and when it comes back', async () => {
    const { store, environment, stream } = await createLive();
    stream.event('state', { session: { id: '$1', name: 'play' } });
    await settle();
    void store.run('take-driver', {});
    expect(environment.request(-1).url).toBe('commands?session=play');
    stream.end();
    await settle();
    store.retryNow();
    await settle();
    expect(environment.request(-1).url).toBe('events?session=play&flow=ack');
  });

  it('rejects with the error the server answered', async () => {
    const { store, environment } = await createLive();
    const running = store.run('kill-pane', { pane: '%1' });
    environment.request(-1).answer(403, {
      code: 'policy-denied',
      message: 'not here',
      correlationId: 'id-1',
      details: { rule: 'r' },
    });
    await expect(running).rejects.toMatchObject({
      name: 'ApiError',
      status: 403,
      code: 'policy-denied',
      message: 'not here',
      correlationId: 'id-1',
      details: { rule: 'r' },
    });
  });

  it('rejects without asking when there is no connection', async () => {
    const { store, environment } = createStore();
    await expect(store.run('resync', {})).rejects.toMatchObject({ code: 'unavailable', status: 0 });
    expect(environment.requests).toHaveLength(1);
  });

  it('shows notices of the server', async () => {
    const { stream, messages } = await createLive();
    stream.event('notice', { level: 'info', code: 'x', message: 'hello' });
    await settle();
    expect(messages).toEqual(['hello']);
  });

  it('removes its terminals and forgets the session when closed', async () => {
    const { store, screen } = await createLive();
    store.close();
    expect(screen).toEqual(['seed %1 S', 'remove %1']);
    expect(store.session()).toBeNull();
    expect(store.info()).toBeNull();
  });

  it('[F5] sends nothing of who may only look, whatever asks for it', async () => {
    const { store, environment, stream } = await createLive();
    stream.event('fatal', { code: 'rights-changed', message: 'you are a viewer now' });
    await settle();
    expect(store.canType()).toBe(false);
    environment.advance(100);
    await settle();
    const next = environment.request(-1);
    next.open();
    const identity = { name: 'ana', role: 'viewer' };
    next.event('connection-info', { ...INFO, identity, readOnly: true });
    await settle();
    const before = environment.requests.length;
    for (const [cmd, args] of [
      ['send-input', { pane: '%1', data: 'x', seq: 1 }],
      ['paste', { pane: '%1', data: 'x' }],
      ['kill-pane', { pane: '%1' }],
      ['set-size', { cols: 80, rows: 24 }],
      ['take-driver', {}],
      ['tmux', { command: 'kill-server' }],
    ] as const) {
      await expect(store.run(cmd, args)).rejects.toMatchObject({ code: 'read-only' });
    }
    expect(environment.requests).toHaveLength(before);
    expect(store.readOnlyReason()).toContain('viewer');
    void store.run('resync', {});
    expect(environment.requests).toHaveLength(before + 1);
  });

  it('rests while other tabs have the connections, and goes on where it was', async () => {
    const { store, environment, stream, budget } = await createLive();
    budget.set(false);
    stream.end();
    await settle();
    expect(store.connection()).toEqual({ status: 'resting' });
    expect(store.canType()).toBe(false);
    expect(store.panes().size).toBe(1);
    budget.set(true);
    await settle();
    expect(environment.request(-1).header('Last-Event-ID')).toBe('1');
  });

  it('gives its place up when the session is closed or over', async () => {
    const { store, stream, budget } = await createLive();
    expect(budget.changed).not.toBeNull();
    stream.event('fatal', { code: 'session-ended', message: 'it is over' });
    await settle();
    expect(budget.changed).toBeNull();
    store.open('other');
    expect(budget.changed).not.toBeNull();
    store.close();
    expect(budget.changed).toBeNull();
  });

  it('acknowledges what its terminals parsed, all panes of a picture', async () => {
    const flow = { windowChars: 1000, ackChars: 10, ackMs: 15_000 };
    const { environment, parsing } = createStore({ parsesLater: true });
    const stream = environment.request(0);
    stream.open();
    stream.event('connection-info', { ...INFO, flow });
    const panes = SNAPSHOT.panes.flatMap((pane) => [pane, { ...pane, id: '%2' as const }]);
    stream.event('snapshot', { ...SNAPSHOT, panes }, '1');
    await settle();
    expect(resyncs(environment)).toEqual([]);
    parsing.shift()?.();
    await settle();
    expect(resyncs(environment)).toEqual([]);
    parsing.shift()?.();
    await settle();
    const received = JSON.stringify({ ...SNAPSHOT, panes }).length;
    expect(resyncs(environment).map((post) => post.body())).toEqual([
      { cmd: 'ack', args: { received } },
    ]);
    resyncs(environment).at(-1)?.answer(200, { result: null });
    await settle();
    const output = { pane: '%2', offset: 100, data: 'some text' };
    stream.event('output', output, '2');
    await settle();
    expect(resyncs(environment)).toHaveLength(1);
    parsing.shift()?.();
    await settle();
    expect(resyncs(environment).at(-1)?.body()).toEqual({
      cmd: 'ack',
      args: { received: received + JSON.stringify(output).length },
    });
  });

  it('tells the server when nobody sees the page, and when somebody does', async () => {
    let state: DocumentVisibilityState = 'visible';
    const visibility = jest.spyOn(document, 'visibilityState', 'get');
    visibility.mockImplementation(() => state);
    const { environment } = await createLive();
    const show = (next: DocumentVisibilityState): void => {
      state = next;
      document.dispatchEvent(new Event('visibilitychange'));
    };
    show('hidden');
    environment.advance(5_000);
    await settle();
    show('visible');
    expect(resyncs(environment).map((post) => post.body())).toEqual([
      { cmd: 'set-visibility', args: { visible: false } },
    ]);
    resyncs(environment).at(-1)?.answer(200, { result: null });
    await settle();
    expect(resyncs(environment).at(-1)?.body()).toEqual({
      cmd: 'set-visibility',
      args: { visible: true },
    });
    visibility.mockRestore();
  });
});
