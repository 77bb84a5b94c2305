import type { WireEvent } from './event-ring.js';
import type { FlowWindow } from './flow-window.js';

/** Bytes that may wait in the response before nothing more is handed to it. */
export const RESPONSE_HIGH_WATER_BYTES = 64 * 1024;

/** Where the events of one viewer go. */
export interface ViewerSink {
  send(event: WireEvent): void;
  heartbeat(): void;
  /** Ends the stream after what was sent. */
  end(): void;
  /** Ends it now, as nobody reads it. */
  destroy(): void;
  /** Bytes handed over and not yet taken by the network. */
  pendingBytes(): number;
  /** Calls back once when the network took them. */
  onDrain(callback: () => void): void;
}

/**
 * The events that wait for one viewer. Holds at most `maxBytes`: past it everything is dropped and
 * `onOverflow` is called as soon as the viewer reads again, so that it can start from a snapshot. A viewer
 * that never reads therefore costs a fixed amount, and nobody else anything.
 */
export class ViewerQueue {
  readonly #sink: ViewerSink;
  readonly #maxBytes: number;
  readonly #onOverflow: () => void;
  readonly #flow: FlowWindow | undefined;
  #events: WireEvent[] = [];
  #next = 0;
  /** Of what was offered; a restart and pictures do not count. */
  #bytes = 0;
  readonly #uncounted = new Set<WireEvent>();
  #sinceTurn = 0;
  #isWaiting = false;
  #isStale = false;
  #isEnding = false;
  #isIdle = true;
  #isTurnStarting = false;

  /** @param flow counts what is on its way, for a viewer that acknowledges */
  constructor(sink: ViewerSink, maxBytes: number, onOverflow: () => void, flow?: FlowWindow) {
    this.#sink = sink;
    this.#maxBytes = maxBytes;
    this.#onOverflow = onOverflow;
    this.#flow = flow;
  }

  /** Whether events are being dropped until the viewer starts again. */
  get isStale(): boolean {
    return this.#isStale;
  }

  offer(event: WireEvent): void {
    if (this.#isStale || this.#isEnding) return;
    this.#append(event);
    this.#bytes += event.data.length;
    if (this.#bytes > this.#maxBytes) {
      this.#drop();
      this.#isStale = true;
    }
    this.#pump();
  }

  /** Sends this first and goes on from here. It may be longer than the bound: there is only one. */
  restart(events: readonly WireEvent[]): void {
    if (this.#isEnding) return;
    this.#drop();
    this.#isStale = false;
    for (const event of events) {
      this.#append(event);
      this.#uncounted.add(event);
    }
    this.#pump();
  }

  /** Sends a picture in its turn. It may be longer than the bound, as a viewer asks for the next when it has this one. */
  offerPicture(event: WireEvent): void {
    if (this.#isStale || this.#isEnding) return;
    this.#append(event);
    this.#uncounted.add(event);
    this.#pump();
  }

  /** A comment that shows both ends that the stream lives; not needed while events flow, of no use into a stalled network. */
  heartbeat(): void {
    if (this.#isIdle) this.beat();
    this.#isIdle = true;
  }

  /** The same at once, for a viewer that asks whether the stream lives. */
  beat(): void {
    if (!this.#isWaiting && !this.#isEnding && this.#sink.pendingBytes() === 0) {
      this.#sink.heartbeat();
    }
  }

  /** Sends a last event before everything that waits, and ends. */
  finish(event: WireEvent | undefined): void {
    if (this.#isEnding) return;
    this.#isEnding = true;
    this.#drop();
    if (event !== undefined) this.#sink.send(event);
    this.#sink.end();
  }

  /** Ends the stream of a viewer that is gone. */
  abandon(): void {
    if (this.#isEnding) return;
    this.#isEnding = true;
    this.#drop();
    this.#sink.destroy();
  }

  #append(event: WireEvent): void {
    this.#events.push(event);
    this.#flow?.enter(event);
  }

  #drop(): void {
    if (this.#flow !== undefined) {
      for (let at = this.#next; at < this.#events.length; at += 1) {
        const event = this.#events[at];
        if (event !== undefined) this.#flow.drop(event);
      }
    }
    this.#events = [];
    this.#next = 0;
    this.#bytes = 0;
    this.#uncounted.clear();
  }

  #pump(): void {
    if (this.#isWaiting || this.#isEnding) return;
    this.#isIdle = false;
    while (this.#isStale || this.#next < this.#events.length) {
      if (this.#sink.pendingBytes() >= RESPONSE_HIGH_WATER_BYTES) {
        this.#wait((done) => this.#sink.onDrain(done));
        return;
      }
      if (this.#isStale) {
        this.#onOverflow();
        return;
      }
      // What is handed over reaches the response in a later turn: until then its size does not show there.
      if (this.#sinceTurn >= RESPONSE_HIGH_WATER_BYTES) {
        this.#wait((done) => setImmediate(done));
        return;
      }
      const event = this.#events[this.#next];
      this.#next += 1;
      if (event === undefined) break;
      if (!this.#uncounted.delete(event)) this.#bytes -= event.data.length;
      this.#sinceTurn += event.data.length;
      this.#flow?.send(event);
      this.#sink.send(event);
    }
    this.#drop();
    this.#startTurn();
  }

  #startTurn(): void {
    if (this.#isTurnStarting || this.#sinceTurn === 0) return;
    this.#isTurnStarting = true;
    setImmediate(() => {
      this.#isTurnStarting = false;
      this.#sinceTurn = 0;
    });
  }

  #wait(until: (done: () => void) => void): void {
    this.#isWaiting = true;
    this.#events.splice(0, this.#next);
    this.#next = 0;
    until(() => {
      this.#isWaiting = false;
      this.#sinceTurn = 0;
      this.#pump();
    });
  }
}
