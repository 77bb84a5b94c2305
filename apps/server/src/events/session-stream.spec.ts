import type { PaneId, SessionRef } from '#dto';
import type { SessionPicture } from '../tmux/session-view-reader.js';
import type { TmuxGateway } from '../tmux/tmux-gateway.js';
import type { SessionListener, WatchedSession } from '../tmux/watched-session.js';
import { TmuxUnavailableError } from '../tmux/tmux.errors.js';
import { CATCH_UP_INTERVAL_MS } from './catch-up.js';
import type { WireEvent } from './event-ring.js';
import type { FlowWindow } from './flow-window.js';
import { SessionStream } from './session-stream.js';
import { ViewerFeed } from './viewer-feed.js';
import { ViewerQueue, type ViewerSink } from './viewer-queue.js';
import type { Viewer } from './viewer.js';

const SESSION: SessionRef = { id: '$1', name: 'work' };

/** A tmux whose pictures are taken when the test says so. */
class FakeTmux {
  listener: SessionListener | undefined;
  readonly lines: string[][] = [];
  sessions: readonly SessionRef[] | undefined = [SESSION];
  stopped = 0;
  /** Failures of the next pictures. */
  readonly failures: Error[] = [];
  /** Panes of which pictures were asked for. */
  readonly pictured: (readonly PaneId[])[] = [];
  #takes: ((picture: SessionPicture) => void)[] = [];
  #taken: (() => void)[] = [];
  #session = SESSION;

  /** Pictures that were asked for and are not taken yet. */
  get waiting(): number {
    return this.#takes.length;
  }

  rename(name: string): void {
    this.#session = { ...SESSION, name };
  }

  get gateway(): TmuxGateway {
    const session = (): SessionRef => this.#session;
    const watched = {
      get model() {
        return { session: session(), windows: [{ id: '@1', active: true }] };
      },
      outputs: new Map(),
      snapshot: (take: (picture: SessionPicture) => void) => {
        const failure = this.failures.shift();
        if (failure !== undefined) return Promise.reject(failure);
        this.#takes.push(take);
        return Promise.resolve();
      },
      pictures: (panes: readonly PaneId[], take: (picture: SessionPicture) => void) => {
        this.pictured.push(panes);
        this.#takes.push(take);
        return new Promise<void>((resolve) => this.#taken.push(resolve));
      },
      run: (commands: readonly { words: readonly string[] }[]) => {
        this.lines.push(...commands.map(({ words }) => [...words]));
        return Promise.resolve([]);
      },
      stop: () => {
        this.stopped += 1;
        return Promise.resolve();
      },
    } as unknown as WatchedSession;
    return {
      watch: (_id: string, listener: SessionListener) => {
        this.listener = listener;
        return Promise.resolve(watched);
      },
      cli: { listSessions: () => Promise.resolve(this.sessions) },
    } as unknown as TmuxGateway;
  }

  takePictures(seeds: SessionPicture['seeds'] = new Map()): void {
    const panes = new Map([...seeds.keys()].map((id) => [id, { id }]));
    const picture = {
      model: { session: SESSION, cols: 80, rows: 24, windows: [], panes },
      seeds,
    } as unknown as SessionPicture;
    for (const take of this.#takes.splice(0)) take(picture);
    for (const resolve of this.#taken.splice(0)) resolve();
  }
}

class FakeSink implements ViewerSink {
  readonly events: WireEvent[] = [];
  isEnded = false;
  isDestroyed = false;

  send(event: WireEvent): void {
    this.events.push(event);
  }

  heartbeat(): void {
    this.events.push({ type: 'heartbeat', data: '' });
  }

  end(): void {
    this.isEnded = true;
  }

  destroy(): void {
    this.isDestroyed = true;
  }

  pendingBytes(): number {
    return 0;
  }

  onDrain(callback: () => void): void {
    callback();
  }

  get types(): string[] {
    return this.events.map(({ type }) => type);
  }

  get lastId(): number {
    return this.events.findLast(({ id }) => id !== undefined)?.id ?? 0;
  }
}

const piece = (data: string, offset = 0): { offset: number; data: string } => ({ offset, data });
const PANE: PaneId = '%1';

describe(SessionStream.name, () => {
  let tmux: FakeTmux;
  let stream: SessionStream;
  let onClosed: jest.Mock<undefined, []>;

  beforeEach(async () => {
    jest.useFakeTimers();
    tmux = new FakeTmux();
    onClosed = jest.fn<undefined, []>();
    stream = new SessionStream(tmux.gateway, SESSION, {
      ringBytes: 1000,
      graceMs: 5000,
      access: {
        canSee: (_identity, name) => !name.startsWith('hidden'),
        canChange: ({ readOnly }, name) => !readOnly && !name.startsWith('ro'),
      },
      onClosed,
    });
    await stream.start();
  });

  afterEach(async () => {
    await stream.close();
    jest.useRealTimers();
  });

  function join(
    id: string,
    lastEventId?: number,
    canType = true,
    flow?: FlowWindow,
  ): { viewer: Viewer; sink: FakeSink } {
    const sink = new FakeSink();
    const identity = {
      name: id,
      role: 'operator',
      readOnly: !canType,
      sessions: [],
      method: 'key',
      credentialId: id,
    } as const;
    const reseed = (): void => stream.reseed(viewer);
    const queue: ViewerQueue = new ViewerQueue(sink, 10_000, reseed, flow);
    const feed = new ViewerFeed(queue, flow);
    const state = { isSeeding: false, seededAt: -Infinity };
    const viewer: Viewer = { id, identity, canType, queue, feed, ...state };
    stream.join(viewer, lastEventId);
    return { viewer, sink };
  }

  function joined(id: string): { viewer: Viewer; sink: FakeSink } {
    const viewer = join(id);
    tmux.takePictures();
    return viewer;
  }

  it('starts a viewer from a picture, and leaves out what is in it', () => {
    const { sink } = join('ana');
    stream.output(PANE, piece('before'));
    expect(sink.events).toEqual([]);
    tmux.takePictures();
    stream.output(PANE, piece('after', 6));
    expect(sink.types).toEqual(['snapshot', 'output']);
    expect(sink.events[1]?.data).toContain('after');
    expect(sink.events[1]?.id).toBe(Number(sink.events[0]?.id) + 1);
  });

  it('tells the keys before the panes, so that the first key on a live screen is looked up', () => {
    stream.keyBindings({ prefixes: ['C-b'], repeatTimeMs: 500, tables: {} });
    expect(joined('ana').sink.types).toEqual(['keybindings', 'snapshot']);
  });

  it('takes another picture when the session changed too fast for the first', async () => {
    tmux.failures.push(new TmuxUnavailableError('too fast', 'answered'));
    const { sink } = join('ana');
    await jest.advanceTimersByTimeAsync(50);
    tmux.takePictures();
    expect(sink.types).toEqual(['snapshot']);
  });

  it('takes fewer and fewer pictures while the session changes too fast for any', async () => {
    const tooFast = Array.from(
      { length: 1000 },
      () => new TmuxUnavailableError('too fast', 'answered'),
    );
    tmux.failures.push(...tooFast);
    join('ana');
    const bo = join('bo');
    await jest.advanceTimersByTimeAsync(10_000);
    // At 0, 50, 150, 350, 750, 1550 ms and then every two seconds from 3150 on.
    expect(1000 - tmux.failures.length).toBe(10);
    tmux.failures.length = 0;
    await jest.advanceTimersByTimeAsync(2000);
    tmux.takePictures();
    expect(bo.sink.types).toEqual(['snapshot']);
  });

  it('waits for tmux when the client was lost over a picture', async () => {
    tmux.failures.push(new TmuxUnavailableError('gone', 'unknown'));
    const { sink } = join('ana');
    await jest.advanceTimersByTimeAsync(0);
    tmux.takePictures();
    expect(sink.types).toEqual([]);
    stream.attached();
    tmux.takePictures();
    expect(sink.types).toEqual(['snapshot']);
  });

  it('gives one viewer’s picture to nobody else', () => {
    const { sink } = joined('ana');
    const before = sink.types.length;
    joined('bo');
    expect(sink.types.slice(before)).toEqual(['state']);
    expect(sink.events.at(-1)?.data).toContain('"bo"');
  });

  it('goes on from where a viewer left off', () => {
    const first = joined('ana');
    stream.output(PANE, piece('a'));
    const { lastId } = first.sink;
    stream.leave(first.viewer);
    stream.output(PANE, piece('missed', 1));
    const { sink } = join('ana-again', lastId);
    tmux.takePictures();
    expect(sink.types).not.toContain('snapshot');
    expect(sink.events.map(({ id }) => id)).toEqual(
      sink.events.map((_event, index) => lastId + 1 + index),
    );
    expect(sink.events.find(({ type }) => type === 'output')?.data).toContain('missed');
  });

  it('starts anew for a viewer that missed more than is remembered', () => {
    const first = joined('ana');
    const { lastId } = first.sink;
    stream.output(PANE, piece('x'.repeat(2000)));
    const { sink } = join('ana-again', lastId);
    tmux.takePictures();
    expect(sink.types).toEqual(['snapshot']);
  });

  it('gives the empty seat to the first that may type, and to nobody when it is left', () => {
    join('watcher', undefined, false);
    expect(stream.seat.holder).toBeNull();
    const { viewer } = join('ana');
    join('bo');
    expect(stream.seat.holder).toBe('ana');
    stream.leave(viewer);
    expect(stream.seat.holder).toBeNull();
  });

  it('sizes the session and makes the driver’s the latest client', async () => {
    await stream.resize({ cols: 100, rows: 30 });
    expect(tmux.lines).toEqual([
      ['refresh-client', '-C', '100x30'],
      ['select-window', '-t', '$1:@1'],
    ]);
  });

  it('tells that tmux is away, and starts everybody anew when it is back', () => {
    const { sink } = joined('ana');
    const { lastId } = sink;
    stream.lost('gone');
    expect(sink.events.at(-1)).toMatchObject({ type: 'state' });
    expect(sink.events.at(-1)?.data).toContain('"reason":"gone"');
    const late = join('bo', lastId);
    stream.attached();
    tmux.takePictures();
    expect(sink.types.at(-1)).toBe('snapshot');
    expect(late.sink.types.at(-1)).toBe('snapshot');
    expect(late.sink.lastId).toBeGreaterThan(lastId);
  });

  it('never joins outputs from before and after tmux was away', () => {
    const { sink } = joined('ana');
    stream.output(PANE, piece('a'));
    const { lastId } = sink;
    stream.lost('gone');
    stream.attached();
    const again = join('ana-again', lastId);
    tmux.takePictures();
    expect(again.sink.types).toEqual(['snapshot']);
  });

  it('ends every stream with a last word when the session was closed', () => {
    const { sink } = joined('ana');
    stream.ended('closed');
    expect(sink.events.at(-1)).toMatchObject({
      type: 'fatal',
      data: JSON.stringify({ code: 'session-ended', message: 'closed' }),
    });
    expect(sink.isEnded).toBe(true);
    expect(onClosed).toHaveBeenCalledTimes(1);
  });

  it('dismisses only those that are meant', () => {
    const [ana, bo] = [joined('ana'), joined('bo')];
    stream.dismiss(({ identity }) => identity.credentialId === 'ana', {
      code: 'signed-out',
      message: '',
    });
    expect([ana.sink.isEnded, bo.sink.isEnded]).toEqual([true, false]);
  });

  it('takes one picture for all who wait for one', () => {
    const sinks = ['ana', 'bo', 'cy'].map((id) => join(id).sink);
    expect(tmux.waiting).toBe(1);
    tmux.takePictures();
    for (const sink of sinks) expect(sink.types[0]).toBe('snapshot');
  });

  it('[F13] gives a viewer one picture each half second, however often it asks', () => {
    const { viewer, sink } = joined('ana');
    const pictures = (): number => sink.types.filter((type) => type === 'snapshot').length;
    for (let times = 0; times < 1000; times += 1) stream.resync(viewer);
    expect(tmux.waiting).toBe(0);
    jest.advanceTimersByTime(500);
    expect(tmux.waiting).toBe(1);
    for (let times = 0; times < 1000; times += 1) stream.resync(viewer);
    tmux.takePictures();
    expect(pictures()).toBe(2);
    stream.resync(viewer);
    stream.leave(viewer);
    jest.advanceTimersByTime(500);
    expect(tmux.waiting).toBe(0);
  });

  it('lets nobody in that may not see the session by its name of now', () => {
    tmux.rename('hidden-1');
    const { sink } = join('ana');
    expect(sink.types).toEqual(['fatal']);
    expect(sink.events[0]?.data).not.toContain('hidden-1');
    expect(stream.viewerCount).toBe(0);
  });

  it('ends streams by a new name before it tells it', () => {
    const { sink } = joined('ana');
    tmux.rename('hidden-1');
    stream.state({ session: { id: '$1', name: 'hidden-1' } });
    expect(sink.events.at(-1)?.data).toContain('session-ended');
    expect(JSON.stringify(sink.events)).not.toContain('hidden-1');
  });

  it('sends those anew who may type no longer, and keeps those who looked on', () => {
    const typing = joined('ana');
    const looking = join('bo', undefined, false);
    tmux.takePictures();
    tmux.rename('ro-1');
    stream.state({ session: { id: '$1', name: 'ro-1' } });
    expect(typing.sink.events.at(-1)?.data).toContain('rights-changed');
    expect(looking.sink.isEnded).toBe(false);
    expect(looking.sink.events.at(-1)?.data).toContain('ro-1');
  });

  it('leaves tmux some time after the last viewer, unless one comes back', async () => {
    const { viewer } = joined('ana');
    stream.leave(viewer);
    jest.advanceTimersByTime(4999);
    const again = joined('ana-again');
    jest.advanceTimersByTime(60_000);
    expect(onClosed).not.toHaveBeenCalled();
    stream.leave(again.viewer);
    await jest.advanceTimersByTimeAsync(5000);
    expect(onClosed).toHaveBeenCalledTimes(1);
    expect(tmux.stopped).toBe(1);
  });

  it('leaves tmux when nobody came at all', async () => {
    await jest.advanceTimersByTimeAsync(5000);
    expect(tmux.stopped).toBe(1);
  });

  describe('with viewers that nobody sees', () => {
    const seeds = new Map([[PANE, { offset: 12, screen: 'SCREEN' }]]);

    function hidden(name: string): { viewer: Viewer; sink: FakeSink } {
      const one = joined(name);
      stream.setVisible(one.viewer, false);
      stream.output(PANE, piece('unseen'));
      stream.frame({ pane: PANE, screen: 'unseen as well' });
      return one;
    }

    it('takes one picture for all who come to look, at the place where output goes on', async () => {
      const viewers = ['ana', 'bo', 'cy'].map(hidden);
      const other = joined('di');
      const before = other.sink.events.length;
      for (const { viewer } of viewers) stream.setVisible(viewer, true);
      stream.output(PANE, piece('in the picture', 6));
      tmux.takePictures(seeds);
      stream.output(PANE, piece('after', 12));
      await jest.advanceTimersByTimeAsync(1000);
      expect(tmux.pictured).toEqual([[PANE]]);
      const pictures = viewers.map(({ sink }) =>
        sink.events.find(({ data }) => data.includes('SCREEN')),
      );
      for (const [index, { sink }] of viewers.entries()) {
        const text = JSON.stringify(sink.events);
        expect(text).not.toContain('unseen');
        expect(text).not.toContain('in the picture');
        expect(sink.types.slice(-2)).toEqual(['state', 'output']);
        expect(pictures[index]).toMatchObject({
          type: 'state',
          data: JSON.stringify({ panes: [{ id: PANE, offset: 12, screen: 'SCREEN' }] }),
        });
        // Written once for all.
        expect(pictures[index]?.data).toBe(pictures[0]?.data);
      }
      expect(other.sink.types.slice(before)).toEqual(['output', 'output']);
    });

    it('replays to one that comes back what was left out', () => {
      const { viewer, sink } = hidden('ana');
      stream.bell(PANE);
      expect(sink.types.at(-1)).toBe('bell');
      const { lastId } = sink;
      stream.leave(viewer);
      const again = join('ana-again', lastId);
      const text = JSON.stringify(again.sink.events);
      expect(text).toContain('unseen');
      expect(again.sink.types).not.toContain('snapshot');
    });

    it('takes rounds of pictures one after the other, with time between', async () => {
      const [ana, bo] = [hidden('ana'), hidden('bo')];
      stream.setVisible(ana.viewer, true);
      stream.setVisible(bo.viewer, true);
      expect(tmux.pictured).toHaveLength(1);
      tmux.takePictures(seeds);
      await jest.advanceTimersByTimeAsync(0);
      for (let times = 0; times < 100; times += 1) {
        stream.setVisible(ana.viewer, false);
        stream.output(PANE, piece('x', 12 + times));
        stream.setVisible(ana.viewer, true);
      }
      expect(tmux.pictured).toHaveLength(1);
      await jest.advanceTimersByTimeAsync(CATCH_UP_INTERVAL_MS);
      expect(tmux.pictured).toHaveLength(2);
    });

    it('asks for no picture of a pane that is gone', async () => {
      const [ana, bo] = [hidden('ana'), hidden('bo')];
      stream.setVisible(bo.viewer, true);
      stream.state({ removedPanes: [PANE] });
      stream.setVisible(ana.viewer, true);
      tmux.takePictures();
      await jest.advanceTimersByTimeAsync(10 * CATCH_UP_INTERVAL_MS);
      expect(tmux.pictured).toEqual([[PANE]]);
    });

    it('leaves what it waits for to the snapshot when tmux comes back', async () => {
      const { viewer, sink } = hidden('ana');
      stream.lost('gone');
      stream.attached();
      stream.setVisible(viewer, true);
      tmux.takePictures();
      await jest.advanceTimersByTimeAsync(10 * CATCH_UP_INTERVAL_MS);
      expect(sink.types.at(-1)).toBe('snapshot');
      expect(tmux.pictured).toEqual([]);
    });
  });

  it('tells each viewer of a server that stops when to come back', () => {
    const sinks = ['ana', 'bo'].map((id) => joined(id).sink);
    let retryMs = 0;
    stream.dismiss(
      () => true,
      () => ({ code: 'draining', message: '', retryMs: (retryMs += 100) }),
    );
    expect(sinks.map(({ events }) => events.at(-1)?.retryMs)).toEqual([100, 200]);
    expect(sinks[1]?.events.at(-1)?.data).toContain('"retryMs":200');
  });

  it('[L17] takes one picture for a hundred who join at once', () => {
    const sinks = Array.from({ length: 100 }, (_, index) => join(`viewer-${index}`).sink);
    expect(tmux.waiting).toBe(1);
    tmux.takePictures();
    for (const sink of sinks) expect(sink.types[0]).toBe('snapshot');
    expect(tmux.waiting).toBe(0);
  });
});
