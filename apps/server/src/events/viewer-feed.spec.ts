import { FLOW_WINDOW_CHARS, FRAME_UNREAD_CHARS } from '#dto/constants';
import type { PaneId } from '#dto';
import type { WireEvent } from './event-ring.js';
import { FlowWindow } from './flow-window.js';
import { SILENT_VIEWER_MS, ViewerFeed } from './viewer-feed.js';
import { ViewerQueue, type ViewerSink } from './viewer-queue.js';

class FakeSink implements ViewerSink {
  readonly sent: WireEvent[] = [];
  heartbeats = 0;
  isDestroyed = false;

  send(event: WireEvent): void {
    this.sent.push(event);
  }

  heartbeat(): void {
    this.heartbeats += 1;
  }

  end(): void {
    // Not looked at here.
  }

  destroy(): void {
    this.isDestroyed = true;
  }

  pendingBytes(): number {
    return 0;
  }

  onDrain(callback: () => void): void {
    setImmediate(callback);
  }

  /** What was sent, in short. */
  get log(): string[] {
    return this.sent.map(({ id, data }) => `${id ?? '-'} ${data.slice(0, 8)}`);
  }
}

function create({ acknowledges = true } = {}): { feed: ViewerFeed; sink: FakeSink } {
  const sink = new FakeSink();
  const flow = acknowledges ? new FlowWindow() : undefined;
  const queue = new ViewerQueue(sink, 10 * FLOW_WINDOW_CHARS, () => undefined, flow);
  return { feed: new ViewerFeed(queue, flow), sink };
}

const output = (id: number, pane: PaneId, data: string): WireEvent => ({
  type: 'output',
  id,
  pane,
  data,
});
const bell = (id: number): WireEvent => ({ type: 'bell', id, data: 'bell' });
const picture = (data: string): WireEvent => ({ type: 'state', data });
const FILL = 'x'.repeat(FLOW_WINDOW_CHARS);
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe(ViewerFeed.name, () => {
  it('leaves a pane out that is too much, until its picture; everything else goes on', async () => {
    const { feed, sink } = create();
    feed.offer(output(1, '%1', FILL));
    await nextTurn();
    feed.offer(output(2, '%1', 'left out'));
    feed.offer(output(3, '%2', 'other'));
    feed.offer(bell(4));
    feed.offer(output(5, '%1', 'as well'));
    expect(sink.log).toEqual(['1 xxxxxxxx', '- other', '- bell']);
    expect(feed.wanted).toEqual([]);
    feed.acknowledge(FLOW_WINDOW_CHARS);
    expect(feed.wanted).toEqual(['%1']);
    feed.offerPicture('%1', picture('picture'), 5);
    feed.offer(output(6, '%1', 'live'));
    expect(sink.log.slice(3)).toEqual(['5 picture', '6 live']);
  });

  it('gives ids again only when nothing is left out any more', () => {
    const { feed, sink } = create();
    feed.setVisible(false);
    feed.offer(output(1, '%1', 'a'));
    feed.offer(output(2, '%2', 'b'));
    feed.setVisible(true);
    expect(feed.wanted).toEqual(['%1', '%2']);
    feed.offerPicture('%1', picture('one'), 2);
    feed.offer(bell(3));
    feed.offerPicture('%2', picture('two'), 3);
    feed.offer(bell(4));
    expect(sink.log).toEqual(['- one', '- bell', '3 two', '4 bell']);
  });

  it('sends a hidden page no output, and no picture of what it has', () => {
    const { feed, sink } = create({ acknowledges: false });
    feed.offer(output(1, '%1', 'a'));
    feed.setVisible(false);
    feed.offer(output(2, '%1', 'b'));
    feed.offer(bell(3));
    feed.setVisible(true);
    feed.offerPicture('%2', picture('not wanted'), 3);
    expect(sink.log).toEqual(['1 a', '- bell']);
    expect(feed.wanted).toEqual(['%1']);
  });

  it('takes the pictures out of changes for a viewer that gets them later', () => {
    const { feed, sink } = create();
    const change = (id: number): Parameters<ViewerFeed['offerChange']>[0] => ({
      whole: { type: 'state', id, data: 'whole' },
      bare: () => ({ type: 'state', id, data: 'bare' }),
      panes: ['%1'],
    });
    feed.offerChange(change(1));
    feed.setVisible(false);
    feed.offerChange(change(2));
    feed.setVisible(true);
    feed.offerChange(change(3));
    expect(sink.log).toEqual(['1 whole', '- bare', '- bare']);
    expect(feed.wanted).toEqual(['%1']);
  });

  it('misses no pane that is gone, and nothing after a new start', () => {
    const { feed } = create();
    feed.setVisible(false);
    feed.offer(output(1, '%1', 'a'));
    feed.offer(output(2, '%2', 'b'));
    feed.setVisible(true);
    feed.forget(['%1']);
    expect(feed.wanted).toEqual(['%2']);
    feed.restart([{ type: 'snapshot', id: 3, data: 'all' }]);
    expect(feed.wanted).toEqual([]);
  });

  it('answers a repeated number with a heartbeat, at once', () => {
    const { feed, sink } = create();
    feed.offer(bell(1));
    feed.acknowledge(4);
    expect(sink.heartbeats).toBe(0);
    feed.acknowledge(4);
    expect(sink.heartbeats).toBe(1);
  });

  it('is seldom heard of by a hidden page', () => {
    const { feed, sink } = create({ acknowledges: false });
    for (let beat = 0; beat < 8; beat += 1) feed.heartbeat(beat);
    expect(sink.heartbeats).toBe(8);
    feed.setVisible(false);
    for (let beat = 0; beat < 8; beat += 1) feed.heartbeat(beat);
    expect(sink.heartbeats).toBe(10);
  });

  it('gives up a viewer that acknowledged nothing for too long, and no other', () => {
    const [silent, plain] = [create(), create({ acknowledges: false })];
    const now = performance.now();
    for (const { feed } of [silent, plain]) feed.heartbeat(now + SILENT_VIEWER_MS - 1000);
    expect(silent.sink.isDestroyed).toBe(false);
    for (const { feed } of [silent, plain]) feed.heartbeat(now + SILENT_VIEWER_MS + 1000);
    expect(silent.sink.isDestroyed).toBe(true);
    expect(plain.sink.isDestroyed).toBe(false);
  });

  it('sends the next frame of a pane only when the last was read, and misses nothing by that', async () => {
    const { feed, sink } = create();
    const frame = (data: string): WireEvent => ({ type: 'frame', pane: '%1', data });
    const long = 'f'.repeat(FRAME_UNREAD_CHARS + 1);
    feed.offerFrame(frame(`1${long}`));
    feed.offerFrame(frame('2'));
    await nextTurn();
    feed.acknowledge(FRAME_UNREAD_CHARS);
    feed.offerFrame(frame('3'));
    expect(sink.log).toEqual(['- 1fffffff', '- 3']);
    expect(feed.wanted).toEqual([]);
  });

  it('misses a pane whose frames nobody looks at', () => {
    const { feed, sink } = create();
    feed.setVisible(false);
    feed.offerFrame({ type: 'frame', pane: '%1', data: '1' });
    feed.setVisible(true);
    feed.offerFrame({ type: 'frame', pane: '%1', data: '2' });
    expect(sink.log).toEqual([]);
    expect(feed.wanted).toEqual(['%1']);
  });
});
