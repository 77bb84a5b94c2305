import { setTimeout } from 'node:timers/promises';
import { until } from '../process.ts';
import { SESSION } from '../tmux.ts';
import { EventStream } from '../viewers/event-stream.ts';
import type { StreamEvent } from '../viewers/event-stream.ts';
import { Twin } from './twin.ts';

const RETRY_MS = 250;

/** Somebody who watches the session through an origin, comes back when cut off, and may type. */
export class Client {
  readonly twin = new Twin();
  /** How often the stream was opened. */
  connects = 0;
  /** Commands that were refused, by their answer. */
  readonly refusals = new Map<string, number>();
  readonly #origin: string;
  readonly #token: string;
  #sessionToken = '';
  #lastEventId = '';
  #seq = 0;
  #stream: EventStream | undefined;
  #isClosed = false;
  #running: Promise<void> = Promise.resolve();

  private constructor(origin: string, token: string) {
    this.#origin = origin;
    this.#token = token;
  }

  /** @returns when it sees the session */
  static async join(origin: string, token: string): Promise<Client> {
    const client = new Client(origin, token);
    client.#running = client.#follow();
    await until(() => client.twin.snapshots > 0, { what: 'the session’s picture' });
    return client;
  }

  /** Sends a command; one that is refused is counted. */
  async send(cmd: string, args: object): Promise<void> {
    const isInput = cmd === 'send-input';
    const body = { cmd, args: isInput ? { ...args, seq: (this.#seq += 1) } : args };
    const answer = await fetch(new URL(`commands?session=${SESSION}`, this.#origin), {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${this.#token}`,
        'Content-Type': 'application/json',
        'X-Session-Token': this.#sessionToken,
      },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (answer.ok) return;
    const refusal = `${cmd}: ${(JSON.parse(text) as { code: string }).code}`;
    this.refusals.set(refusal, (this.refusals.get(refusal) ?? 0) + 1);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#stream?.close();
    await this.#running;
    this.twin.dispose();
  }

  async #follow(): Promise<void> {
    while (!this.#isClosed) {
      try {
        this.#stream = await EventStream.open({
          origin: this.#origin,
          session: SESSION,
          token: this.#token,
          lastEventId: this.#lastEventId,
          onEvent: (event) => this.#take(event),
        });
        this.connects += 1;
        if (this.#hasLeft()) await this.#stream.close();
        await this.#stream.ended;
      } catch {
        // Cut off, which is what half of them are there for.
      }
      await setTimeout(RETRY_MS);
    }
  }

  /** A method, because TypeScript would believe it to stay false across awaits. */
  #hasLeft(): boolean {
    return this.#isClosed;
  }

  #take(event: StreamEvent): void {
    if (event.name === 'connection-info') {
      this.#sessionToken = (JSON.parse(event.data) as { sessionToken: string }).sessionToken;
      this.#seq = 0;
    }
    this.twin.take(event);
    if (event.id !== '') this.#lastEventId = event.id;
  }
}
