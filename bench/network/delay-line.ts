/** What a network does to what is sent in one direction. */
export interface Line {
  /** There and back, without waiting anywhere. */
  readonly rttMs: number;
  /** How likely a packet is lost: it, and all behind it, waits until it was sent again. */
  readonly loss: number;
}

/** Linux waits at least so long, and a round trip, before it sends a lost packet again. */
const RETRANSMIT_MIN_MS = 200;

/** When a chunk that is sent now arrives. Chunks arrive in the order they were sent. */
export class DelayLine {
  readonly #line: Line;
  readonly #random: () => number;
  #last = 0;

  /** @param openAt when the first byte can leave: the connection has to be made */
  constructor(line: Line, openAt: number, random: () => number = Math.random) {
    this.#line = line;
    this.#random = random;
    this.#last = openAt + line.rttMs / 2;
  }

  /** @param now milliseconds of any clock, never going back */
  arrival(now: number): number {
    const { rttMs, loss } = this.#line;
    const stall = this.#random() < loss ? RETRANSMIT_MIN_MS + rttMs : 0;
    this.#last = Math.max(this.#last, now + rttMs / 2 + stall);
    return this.#last;
  }
}
