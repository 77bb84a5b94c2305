import { Agent, request } from 'node:http';

/** What `connection-info` says about acknowledging (docs/protocol.md). */
export interface Flow {
  readonly ackChars: number;
  readonly ackMs: number;
}

/** Whom acknowledgements are sent to. */
export interface Acknowledged {
  readonly origin: string;
  readonly session: string;
  readonly token: string;
  readonly sessionToken: string;
  readonly flow: Flow;
}

/** Says what was read of a stream as a page does: when enough was, and every now and then. */
export class Acknowledgements {
  readonly #to: Acknowledged;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #timer: NodeJS.Timeout;
  #received = 0;
  #told = 0;

  constructor(to: Acknowledged) {
    this.#to = to;
    this.#timer = setInterval(() => this.#tell(), to.flow.ackMs);
  }

  /** @param data of one event */
  read(data: string): void {
    this.#received += data.length;
    if (this.#received - this.#told >= this.#to.flow.ackChars) this.#tell();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#agent.destroy();
  }

  #tell(): void {
    this.#told = this.#received;
    const { origin, session, token, sessionToken } = this.#to;
    const headers = {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
      'X-Session-Token': sessionToken,
    };
    const url = new URL(`commands?session=${session}`, origin);
    const sent = request(url, { method: 'POST', headers, agent: this.#agent }, (answer) => {
      answer.resume();
    });
    // Cut by the end of the run.
    sent.on('error', () => undefined);
    sent.end(JSON.stringify({ cmd: 'ack', args: { received: this.#received } }));
  }
}
