import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';

/** One event of `GET /events` (docs/protocol.md). */
export interface StreamEvent {
  readonly name: string;
  readonly id: string;
  readonly data: string;
}

export interface EventStreamOptions {
  readonly origin: string;
  readonly session: string;
  readonly token: string;
  readonly lastEventId?: string;
  /** Whether it will be told what was read (`flow=ack`). */
  readonly acknowledges?: boolean;
  readonly onEvent?: (event: StreamEvent) => void;
}

/** An open `GET /events`. */
export class EventStream {
  bytes = 0;
  isEnded = false;
  readonly #response: IncomingMessage;
  /** When nothing more comes. */
  readonly ended: Promise<void>;

  private constructor(response: IncomingMessage, { onEvent }: EventStreamOptions) {
    this.#response = response;
    this.ended = new Promise((resolve) => {
      response.once('close', () => {
        this.isEnded = true;
        resolve();
      });
    });
    response.on('error', () => undefined);
    if (onEvent) {
      let rest = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => {
        this.bytes += text.length;
        const frames = (rest + text).split('\n\n');
        rest = frames.pop() ?? '';
        for (const frame of frames) {
          const event = parseFrame(frame);
          if (event) onEvent(event);
        }
      });
    } else {
      response.on('data', (chunk: Buffer) => (this.bytes += chunk.length));
    }
  }

  /** @throws Error when it is answered with anything but a stream */
  static open(options: EventStreamOptions): Promise<EventStream> {
    const flow = options.acknowledges ? '&flow=ack' : '';
    const url = new URL(`events?session=${options.session}${flow}`, options.origin);
    const headers = {
      Authorization: `Bearer ${options.token}`,
      ...(!options.lastEventId ? {} : { 'Last-Event-ID': options.lastEventId }),
    };
    return new Promise((resolve, reject) => {
      get(url, { headers, agent: false }, (response) => {
        if (response.statusCode === 200) resolve(new EventStream(response, options));
        else {
          response.resume();
          reject(new Error(`${url.href} was answered ${String(response.statusCode)}`));
        }
      }).on('error', reject);
    });
  }

  /** Stops reading; what the server sends stays in the sockets until they are full. */
  pause(): void {
    this.#response.pause();
  }

  async close(): Promise<void> {
    this.#response.destroy();
    await this.ended;
  }
}

/** Reads one event; comments are none. */
export function parseFrame(frame: string): StreamEvent | undefined {
  const field = (name: string): string =>
    frame
      .split('\n')
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2) ?? '';
  const name = field('event');
  return name === '' ? undefined : { name, id: field('id'), data: field('data') };
}
