import { FLOW_WINDOW_CHARS, FRAME_UNREAD_CHARS } from '#dto/constants';
import type { PaneId } from '#dto';
import { InvalidRequestError } from '../http/app-error.js';
import type { WireEvent } from './event-ring.js';

/**
 * A pane with less than this on its way goes on when others have filled the window, so that one can type beside a
 * flood; up to twice the window in all.
 */
export const LIGHT_PANE_CHARS = 32 * 1024;

/** Part of what was sent that belongs to one pane, as positions in all that was sent. */
interface Stretch {
  readonly pane: PaneId;
  start: number;
  end: number;
}

/** Counts what is on its way to one viewer that acknowledges what it has read: waiting here, or sent. */
export class FlowWindow {
  #sent = 0;
  #acknowledged = 0;
  #waiting = 0;
  /** Of what is on its way, by pane. */
  readonly #parts = new Map<PaneId, number>();
  /** What was sent for panes and is not acknowledged, the oldest first. */
  #stretches: Stretch[] = [];

  /** Characters on their way. */
  get pending(): number {
    return this.#waiting + this.#sent - this.#acknowledged;
  }

  /** Whether enough was read that something left out can be made up for. */
  get isLow(): boolean {
    return this.pending <= FLOW_WINDOW_CHARS / 2;
  }

  get isFull(): boolean {
    return this.pending > FLOW_WINDOW_CHARS;
  }

  /** Whether this much of a pane must be left out. */
  isTooMuch(pane: PaneId, chars: number): boolean {
    const pending = this.pending + chars;
    if (pending <= FLOW_WINDOW_CHARS) return false;
    const part = (this.#parts.get(pane) ?? 0) + chars;
    return part > LIGHT_PANE_CHARS || pending > 2 * FLOW_WINDOW_CHARS;
  }

  /** Whether so much of a pane is on its way that another frame of it would be seen late. */
  hasUnread(pane: PaneId): boolean {
    return (this.#parts.get(pane) ?? 0) > FRAME_UNREAD_CHARS;
  }

  /** An event waits to be sent. */
  enter({ pane, data }: WireEvent): void {
    this.#waiting += data.length;
    if (pane !== undefined) this.#addTo(pane, data.length);
  }

  /** An event that waited will not be sent. */
  drop({ pane, data }: WireEvent): void {
    this.#waiting -= data.length;
    if (pane !== undefined) this.#addTo(pane, -data.length);
  }

  /** An event that waited was handed over. */
  send({ pane, data }: WireEvent): void {
    this.#waiting -= data.length;
    const start = this.#sent;
    this.#sent += data.length;
    if (pane === undefined) return;
    const last = this.#stretches.at(-1);
    if (last?.pane === pane && last.end === start) last.end = this.#sent;
    else this.#stretches.push({ pane, start, end: this.#sent });
  }

  /**
   * The viewer has read so much in all.
   * @returns whether that is more than it had said before
   * @throws InvalidRequestError when it is less, or more than was sent
   */
  acknowledge(received: number): boolean {
    if (received < this.#acknowledged || received > this.#sent) {
      throw new InvalidRequestError(
        'An acknowledgement counts what was received on this stream: it never falls, and never passes what was sent.',
      );
    }
    const isNew = received > this.#acknowledged;
    this.#acknowledged = received;
    let read = 0;
    for (const stretch of this.#stretches) {
      const end = Math.min(stretch.end, received);
      if (end <= stretch.start) break;
      this.#addTo(stretch.pane, stretch.start - end);
      stretch.start = end;
      if (end === stretch.end) read += 1;
    }
    if (read > 0) this.#stretches.splice(0, read);
    return isNew;
  }

  #addTo(pane: PaneId, chars: number): void {
    const part = (this.#parts.get(pane) ?? 0) + chars;
    if (part > 0) this.#parts.set(pane, part);
    else this.#parts.delete(pane);
  }
}
