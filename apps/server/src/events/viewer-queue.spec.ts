import type { WireEvent } from './event-ring.js';
import { RESPONSE_HIGH_WATER_BYTES, ViewerQueue, type ViewerSink } from './viewer-queue.js';

const MAX_BYTES = 1000;

/** A connection whose network can be stopped. */
class FakeSink implements ViewerSink {
  readonly sent: string[] = [];
  heartbeats = 0;
  isEnded = false;
  isDestroyed = false;
  isStalled = false;
  #onDrain: (() => void) | undefined;

  send(event: WireEvent): void {
    this.sent.push(event.data);
  }

  heartbeat(): void {
    this.heartbeats += 1;
  }

  end(): void {
    this.isEnded = true;
  }

  destroy(): void {
    this.isDestroyed = true;
  }

  pendingBytes(): number {
    return this.isStalled ? RESPONSE_HIGH_WATER_BYTES : 0;
  }

  onDrain(callback: () => void): void {
    this.#onDrain = callback;
  }

  drain(): void {
    this.isStalled = false;
    const callback = this.#onDrain;
    this.#onDrain = undefined;
    callback?.();
  }
}

const event = (data: string): WireEvent => ({ type: 'output', data });
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function create(): { queue: ViewerQueue; sink: FakeSink; onOverflow: jest.Mock<undefined, []> } {
  const sink = new FakeSink();
  const onOverflow = jest.fn<undefined, []>();
  return { queue: new ViewerQueue(sink, MAX_BYTES, onOverflow), sink, onOverflow };
}

describe(ViewerQueue.name, () => {
  it('sends at once while the network takes it', () => {
    const { queue, sink } = create();
    queue.offer(event('a'));
    queue.offer(event('b'));
    expect(sink.sent).toEqual(['a', 'b']);
  });

  it('holds events while the network is stalled and keeps their order', () => {
    const { queue, sink, onOverflow } = create();
    queue.offer(event('a'));
    sink.isStalled = true;
    for (const data of ['b', 'c', 'd']) queue.offer(event(data));
    expect(sink.sent).toEqual(['a']);
    sink.drain();
    queue.offer(event('e'));
    expect(sink.sent).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(onOverflow).not.toHaveBeenCalled();
  });

  it('drops everything past its bound and says so once, when the viewer reads again', () => {
    const { queue, sink, onOverflow } = create();
    sink.isStalled = true;
    for (let count = 0; count < 50; count += 1) queue.offer(event('x'.repeat(100)));
    expect(queue.isStale).toBe(true);
    expect(onOverflow).not.toHaveBeenCalled();
    sink.drain();
    queue.offer(event('too early'));
    expect(onOverflow).toHaveBeenCalledTimes(1);
    expect(sink.sent).toEqual([]);
  });

  it('waits for the viewer to read also when one event alone is past the bound', () => {
    const { queue, sink, onOverflow } = create();
    sink.isStalled = true;
    queue.offer(event('x'.repeat(MAX_BYTES + 1)));
    expect(onOverflow).not.toHaveBeenCalled();
    sink.drain();
    expect(onOverflow).toHaveBeenCalledTimes(1);
  });

  it('goes on from what it is restarted with', () => {
    const { queue, sink } = create();
    sink.isStalled = true;
    queue.offer(event('x'.repeat(MAX_BYTES + 1)));
    sink.drain();
    queue.restart([event('snapshot')]);
    queue.offer(event('after'));
    expect(queue.isStale).toBe(false);
    expect(sink.sent).toEqual(['snapshot', 'after']);
  });

  it('puts a restart in the place of what waits', () => {
    const { queue, sink } = create();
    sink.isStalled = true;
    queue.offer(event('old'));
    queue.restart([event('snapshot')]);
    queue.offer(event('after'));
    sink.drain();
    expect(sink.sent).toEqual(['snapshot', 'after']);
  });

  it('takes a restart longer than its bound, and is bounded again after it', () => {
    const { queue, sink } = create();
    queue.restart([event('x'.repeat(10 * MAX_BYTES))]);
    expect(queue.isStale).toBe(false);
    sink.isStalled = true;
    queue.offer(event('y'.repeat(MAX_BYTES)));
    expect(queue.isStale).toBe(false);
    queue.offer(event('z'));
    expect(queue.isStale).toBe(true);
  });

  it('counts only what came after a restart that still waits', () => {
    const { queue, sink } = create();
    sink.isStalled = true;
    queue.restart([event('x'.repeat(10 * MAX_BYTES)), event('keys')]);
    queue.offer(event('y'.repeat(MAX_BYTES)));
    expect(queue.isStale).toBe(false);
    queue.offer(event('z'));
    expect(queue.isStale).toBe(true);
  });

  it('does not let the sent part of a restart make room for more than its bound', () => {
    const { queue, sink } = create();
    queue.restart([event('x'.repeat(RESPONSE_HIGH_WATER_BYTES)), event('keys')]);
    expect(sink.sent).toHaveLength(1);
    queue.offer(event('y'.repeat(MAX_BYTES)));
    expect(queue.isStale).toBe(false);
    queue.offer(event('z'));
    expect(queue.isStale).toBe(true);
  });

  it('hands over no more than the high water mark in one turn', async () => {
    const { queue, sink } = create();
    const half = 'x'.repeat(RESPONSE_HIGH_WATER_BYTES / 2);
    queue.restart([event(half), event(half), event('a'), event('b')]);
    expect(sink.sent).toHaveLength(2);
    await nextTurn();
    expect(sink.sent.slice(2)).toEqual(['a', 'b']);
  });

  it('sends a heartbeat only when nothing else was sent since the last one', () => {
    const { queue, sink } = create();
    queue.heartbeat();
    expect(sink.heartbeats).toBe(1);
    queue.offer(event('a'));
    queue.heartbeat();
    expect(sink.heartbeats).toBe(1);
    queue.heartbeat();
    expect(sink.heartbeats).toBe(2);
  });

  it('sends no heartbeat into a stalled network', () => {
    const { queue, sink } = create();
    sink.isStalled = true;
    queue.offer(event('a'));
    queue.heartbeat();
    queue.heartbeat();
    expect(sink.heartbeats).toBe(0);
  });

  it('finishes with one last word before everything that waits, and takes nothing after it', () => {
    const { queue, sink, onOverflow } = create();
    sink.isStalled = true;
    queue.offer(event('waiting'));
    queue.finish(event('last'));
    queue.finish(event('again'));
    queue.offer(event('late'));
    queue.restart([event('late snapshot')]);
    queue.heartbeat();
    sink.drain();
    expect(sink.sent).toEqual(['last']);
    expect(sink.isEnded).toBe(true);
    expect(sink.heartbeats).toBe(0);
    expect(onOverflow).not.toHaveBeenCalled();
  });

  it('asks for no snapshot when it was finished while events were being dropped', () => {
    const { queue, sink, onOverflow } = create();
    sink.isStalled = true;
    queue.offer(event('x'.repeat(MAX_BYTES + 1)));
    queue.finish(undefined);
    sink.drain();
    expect(onOverflow).not.toHaveBeenCalled();
    expect(sink.sent).toEqual([]);
  });
});
