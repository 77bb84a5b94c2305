/** One event as it goes over the wire; `data` is one line of JSON, made once for all viewers. */
export interface WireEvent {
  readonly type: string;
  /** Absent on events that are for one viewer only. */
  readonly id?: number;
  readonly data: string;
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
  #events: NumberedEvent[] = [];
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  push(event: NumberedEvent): void {
    this.#events.push(event);
    this.#bytes += event.data.length;
    if (this.#bytes <= this.#maxBytes) return;
    let dropped = 0;
    while (dropped < this.#events.length && this.#bytes > this.#maxBytes) {
      this.#bytes -= this.#events[dropped]?.data.length ?? 0;
      dropped += 1;
    }
    this.#events = this.#events.slice(dropped);
  }

  /**
   * The events after `id`, or undefined when some of them are forgotten or `id` is not one of this ring.
   * @param lastId the newest id given out
   */
  after(id: number, lastId: number): readonly NumberedEvent[] | undefined {
    if (id === lastId) return [];
    const first = this.#events[0];
    if (first === undefined || id < first.id - 1 || id > lastId) return undefined;
    return this.#events.slice(id - first.id + 1);
  }

  clear(): void {
    this.#events = [];
    this.#bytes = 0;
  }
}
