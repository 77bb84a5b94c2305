import type { PaneId } from '#dto';
import { HEARTBEAT_MS, HIDDEN_HEARTBEAT_MS } from '#dto/constants';
import { InvalidRequestError } from '../http/app-error.js';
import type { WireEvent } from './event-ring.js';
import type { FlowWindow } from './flow-window.js';
import type { ViewerQueue } from './viewer-queue.js';

/** A viewer that acknowledges and was not heard of for this long is gone, whatever its connection seems to be. */
export const SILENT_VIEWER_MS = 60_000;
/** Beats of which one is sent to a page that nobody sees. */
const HIDDEN_BEATS = HIDDEN_HEARTBEAT_MS / HEARTBEAT_MS;

/** A change of the session that brings pictures of panes, and the same without them. */
export interface PicturedChange {
  readonly whole: WireEvent;
  readonly bare: () => WireEvent;
  readonly panes: readonly PaneId[];
}

/**
 * Decides which of the session's events one viewer is sent. A pane of which something was left out, because the
 * viewer is behind or nobody looks at its page, is *missed*: nothing more of it is sent until its picture is.
 */
export class ViewerFeed {
  readonly #queue: ViewerQueue;
  readonly #flow: FlowWindow | undefined;
  readonly #missed = new Set<PaneId>();
  #isVisible = true;
  #heardAt = performance.now();
  #beats = 0;

  /** @param flow as the queue has it; absent: the viewer does not acknowledge */
  constructor(queue: ViewerQueue, flow?: FlowWindow) {
    this.#queue = queue;
    this.#flow = flow;
  }

  get isVisible(): boolean {
    return this.#isVisible;
  }

  /** Panes whose pictures can be sent now. */
  get wanted(): readonly PaneId[] {
    const canTake = this.#isVisible && !this.#queue.isStale && this.#flow?.isLow !== false;
    return canTake ? [...this.#missed] : [];
  }

  offer(event: WireEvent): void {
    const { pane } = event;
    if (pane !== undefined && this.#leavesOut(pane, event.data.length)) this.#missed.add(pane);
    else this.#queue.offer(this.#asKnown(event));
  }

  /** A frame stands for all before it, so one that is left out leaves nothing to make up for: the next will do. */
  offerFrame(event: WireEvent): void {
    const { pane } = event;
    if (pane === undefined || this.#missed.has(pane)) return;
    if (!this.#isVisible) this.#missed.add(pane);
    else if (this.#flow?.hasUnread(pane) !== true) this.#queue.offer(event);
  }

  offerChange({ whole, bare, panes }: PicturedChange): void {
    const isBehind = this.#flow?.isFull === true || panes.some((pane) => this.#missed.has(pane));
    if (this.#isVisible && !isBehind) {
      this.#queue.offer(this.#asKnown(whole));
      return;
    }
    for (const pane of panes) this.#missed.add(pane);
    this.#queue.offer(this.#asKnown(bare()));
  }

  /**
   * Sends a picture of a pane, if it is still missed; what is offered after it goes on from there.
   * @param lastId the newest event at the moment of the picture
   */
  offerPicture(pane: PaneId, picture: WireEvent, lastId: number): void {
    if (!this.#missed.delete(pane)) return;
    const isComplete = this.#missed.size === 0;
    this.#queue.offerPicture(isComplete ? { ...picture, id: lastId } : picture);
  }

  /** Starts from these events, of which nothing is left out. */
  restart(events: readonly WireEvent[]): void {
    this.#missed.clear();
    this.#queue.restart(events);
  }

  /** Panes that are gone are missed no longer. */
  forget(panes: readonly PaneId[]): void {
    for (const pane of panes) this.#missed.delete(pane);
  }

  setVisible(isVisible: boolean): void {
    this.#isVisible = isVisible;
  }

  /**
   * The viewer has read so much; a number it sent before asks for a sign of life.
   * @throws InvalidRequestError when that cannot be, or the stream was opened without `flow=ack`
   */
  acknowledge(received: number): void {
    if (this.#flow === undefined) {
      throw new InvalidRequestError('This stream was opened without flow=ack.');
    }
    this.#heardAt = performance.now();
    if (!this.#flow.acknowledge(received)) this.#queue.beat();
  }

  /** Shows both ends that the stream lives, and gives up a viewer that is gone. */
  heartbeat(now: number): void {
    if (this.#flow !== undefined && now - this.#heardAt > SILENT_VIEWER_MS) {
      this.#queue.abandon();
      return;
    }
    this.#beats += 1;
    if (this.#isVisible || this.#beats % HIDDEN_BEATS === 0) this.#queue.heartbeat();
  }

  #leavesOut(pane: PaneId, chars: number): boolean {
    return (
      !this.#isVisible || this.#missed.has(pane) || this.#flow?.isTooMuch(pane, chars) === true
    );
  }

  /** While something is left out the id stays: who comes back with it is sent what was left out, too. */
  #asKnown(event: WireEvent): WireEvent {
    if (this.#missed.size === 0 || event.id === undefined) return event;
    const { type, data, pane } = event;
    return pane === undefined ? { type, data } : { type, data, pane };
  }
}
