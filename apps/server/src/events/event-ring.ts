import type { PaneId } from '#dto';

/** One event as it goes over the wire; `data` is one line of JSON, made once for all viewers. */
export interface WireEvent {
  readonly type: string;
  /** Absent on events that are for one viewer only. */
  readonly id?: number;
  readonly data: string;
  /** Whose screen it draws on: it may be left out for a viewer that gets the pane's picture later. */
  readonly pane?: PaneId;
  /** When to come back after the end of the stream, in milliseconds. */
  readonly retryMs?: number;
}

export interface NumberedEvent extends WireEvent {
  readonly id: number;
}

/**
 * The last events of a session, for viewers that come back. Holds at most `maxBytes` of data; older events
 * are forgotten, and who needs them gets a snapshot instead.
 */
export class EventRing {
  readonly #maxBytes: number;
  /** By id, without a gap; cutting the oldest off a list at each event would copy all the others. */
  readonly #events = new Map<number, NumberedEvent>();
  #oldestId = 0;
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  push(event: NumberedEvent): void {
    if (this.#events.size === 0) this.#oldestId = event.id;
    this.#events.set(event.id, event);
    this.#bytes += event.data.length;
    while (this.#events.size > 0 && this.#bytes > this.#maxBytes) {
      this.#bytes -= this.#events.get(this.#oldestId)?.data.length ?? 0;
      this.#events.delete(this.#oldestId);
      this.#oldestId += 1;
    }
  }

  /**
   * The events after `id`, or undefined when some of them are forgotten or `id` is not one of this ring.
   * @param lastId the newest id given out
   */
  after(id: number, lastId: number): readonly NumberedEvent[] | undefined {
    if (id === lastId) return [];
    if (this.#events.size === 0 || id < this.#oldestId - 1 || id > lastId) return undefined;
    const missed: NumberedEvent[] = [];
    for (let next = id + 1; next < this.#oldestId + this.#events.size; next += 1) {
      const event = this.#events.get(next);
      if (event !== undefined) missed.push(event);
    }
    return missed;
  }

  clear(): void {
    this.#events.clear();
    this.#bytes = 0;
  }
}
