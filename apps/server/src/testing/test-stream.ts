import { request, type IncomingMessage } from 'node:http';
import { waitFor } from '#testing';
import type { ConnectionInfoEvent, StreamEventName, StreamEvents } from '#dto';

export interface ReceivedEvent {
  readonly type: string;
  readonly id: string;
  readonly data: unknown;
}

/** One event stream read over a plain socket, so that a test can also stop reading it. */
export class TestStream {
  readonly events: ReceivedEvent[] = [];
  /** Events as they come, for twins that must not wait. */
  onEvent: ((event: ReceivedEvent) => void) | undefined;
  #response: IncomingMessage | undefined;
  #status: number | undefined;
  #failure: string | undefined;
  #isEnded = false;
  #buffer = '';
  #seq = 0;
  #received = 0;
  #heartbeats = 0;
  readonly #abort = new AbortController();

  constructor(url: URL, headers: Record<string, string>) {
    const sent = request(url, { headers, signal: this.#abort.signal }, (response) => {
      this.#response = response;
      this.#status = response.statusCode;
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => this.#onData(chunk));
      response.on('close', () => (this.#isEnded = true));
      response.on('error', () => (this.#isEnded = true));
    });
    sent.on('error', (error) => {
      this.#failure = error.message;
      this.#isEnded = true;
    });
    sent.end();
  }

  get status(): number | undefined {
    return this.#status;
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  get info(): ConnectionInfoEvent {
    const first = this.events[0];
    if (first?.type !== 'connection-info') throw new Error('no connection-info was received');
    return first.data as ConnectionInfoEvent;
  }

  get lastEventId(): string {
    return this.events.findLast((event) => event.id !== '')?.id ?? '';
  }

  /** Characters of event data since `connection-info`, as `ack` counts them. */
  get received(): number {
    return this.#received;
  }

  get heartbeats(): number {
    return this.#heartbeats;
  }

  nextSeq(): number {
    this.#seq += 1;
    return this.#seq;
  }

  all<N extends StreamEventName>(type: N): StreamEvents[N][] {
    return this.events
      .filter((event) => event.type === type)
      .map((event) => event.data as StreamEvents[N]);
  }

  /** Waits for an event of this type that fits, among those received and to come. */
  next<N extends StreamEventName>(
    type: N,
    fits: (event: StreamEvents[N]) => boolean = () => true,
    what = `a ${type} event`,
  ): Promise<StreamEvents[N]> {
    return waitFor(
      () => {
        const found = this.all(type).find(fits);
        if (found === undefined && this.#isEnded) {
          throw new Error(
            `the stream ended (${this.#status ?? 'no answer'}) ${this.#failure ?? ''}`,
          );
        }
        return found;
      },
      {
        what: `${what}, got ${[...new Set(this.events.map(({ type: t }) => t))].join(' ')}`,
        timeoutMs: 15_000,
      },
    );
  }

  pause(): void {
    this.#response?.pause();
  }

  resume(): void {
    this.#response?.resume();
  }

  close(): void {
    this.#abort.abort();
  }

  #onData(chunk: string): void {
    this.#buffer += chunk;
    const frames = this.#buffer.split('\n\n');
    this.#buffer = frames.pop() ?? '';
    for (const frame of frames) this.#onFrame(frame);
  }

  #onFrame(frame: string): void {
    const field = (name: string): string =>
      frame
        .split('\n')
        .find((line) => line.startsWith(`${name}: `))
        ?.slice(name.length + 2) ?? '';
    const type = field('event');
    if (frame.startsWith(':')) this.#heartbeats += 1;
    if (type === '') return;
    const data = field('data');
    if (type !== 'connection-info') this.#received += data.length;
    const event = { type, id: field('id'), data: JSON.parse(data) as unknown };
    this.events.push(event);
    this.onEvent?.(event);
  }
}
