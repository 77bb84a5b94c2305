import type { MessageEvent } from '@nestjs/common';
import type { Response } from 'express';
import { Observable, type Subscriber } from 'rxjs';
import { sseSink } from './sse-sink.js';
import type { ViewerSink } from './viewer-queue.js';

/** What of a response is used. */
class FakeResponse {
  headersSent = true;
  destroyed = false;
  writableEnded = false;
  readonly written: string[] = [];

  setTimeout(): void {
    // Whether a reader stalls is tried with a real one (stalled.integration.spec.ts).
  }

  write(frame: Buffer): void {
    this.written.push(frame.toString());
  }
}

function createSink(response: FakeResponse) {
  const byNest: MessageEvent[] = [];
  return new Promise<{
    readonly sink: ViewerSink;
    readonly subscriber: Subscriber<MessageEvent>;
    readonly byNest: readonly MessageEvent[];
  }>((resolve) => {
    new Observable<MessageEvent>((subscriber) => {
      const sink = sseSink(subscriber, response as unknown as Response);
      resolve({ sink, subscriber, byNest });
    }).subscribe((event) => byNest.push(event));
  });
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const EVENT = { type: 'output', id: 3, data: '1' };
const FRAME = 'event: output\nid: 3\ndata: 1\n\n';

describe(sseSink.name, () => {
  it('has Nest open the response, and writes events past it', async () => {
    const response = new FakeResponse();
    const { sink, byNest } = await createSink(response);
    sink.send(EVENT);
    sink.heartbeat();
    expect(byNest).toEqual([{ comment: 'open' }]);
    expect(response.written).toEqual([FRAME, ': heartbeat\n\n']);
  });

  it('holds events back until the headers are out, and keeps their order', async () => {
    const response = new FakeResponse();
    response.headersSent = false;
    const { sink, subscriber } = await createSink(response);
    sink.send(EVENT);
    sink.send({ type: 'fatal', data: '{}' });
    sink.end();
    await turn();
    expect(response.written).toEqual([]);
    response.headersSent = true;
    await turn();
    expect(response.written).toEqual([FRAME, 'event: fatal\nid: 3\ndata: {}\n\n']);
    expect(subscriber.closed).toBe(true);
  });

  it.each(['destroyed', 'writableEnded'] as const)(
    'writes nothing where it is %s',
    async (state) => {
      const response = new FakeResponse();
      const { sink } = await createSink(response);
      response[state] = true;
      sink.send(EVENT);
      sink.heartbeat();
      expect(response.written).toEqual([]);
    },
  );

  it('ends by Nest, and writes nothing after', async () => {
    const response = new FakeResponse();
    const { sink, subscriber } = await createSink(response);
    sink.send(EVENT);
    sink.end();
    expect(subscriber.closed).toBe(true);
    sink.send(EVENT);
    expect(response.written).toEqual([FRAME]);
  });
});
