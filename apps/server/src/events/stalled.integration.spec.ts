import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { MessageEvent } from '@nestjs/common';
import type { Response } from 'express';
import { Observable } from 'rxjs';
import { waitFor } from '#testing';
import { sseSink } from './sse-sink.js';
import type { ViewerSink } from './viewer-queue.js';

const STALLED_MS = 2_000;
/** More than two kernels hold for one connection on loopback. */
const MUCH_BYTES = 128 * 1024 * 1024;

let server: Server;
let reader: Socket | undefined;

interface Served {
  readonly sink: ViewerSink;
  readonly response: ServerResponse;
}

/** Opens a stream to a reader that reads nothing by itself. */
async function serve(): Promise<Served> {
  let served: Served | undefined;
  server = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
    new Observable<MessageEvent>((subscriber) => {
      const sink = sseSink(subscriber, response as Response, STALLED_MS);
      served = { sink, response };
    }).subscribe();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  reader = connect((server.address() as AddressInfo).port, '127.0.0.1');
  reader.on('error', () => undefined);
  reader.pause();
  reader.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  return waitFor(() => served);
}

afterEach(() => {
  reader?.destroy();
  server.closeAllConnections();
  server.close();
});

const event = { type: 'snapshot', data: 'x'.repeat(MUCH_BYTES) };

describe('a connection', () => {
  it('[L1] that takes nothing of what waits is cut', async () => {
    const { sink, response } = await serve();
    sink.send(event);
    expect(sink.pendingBytes()).toBeGreaterThan(0);
    await waitFor(() => response.destroyed, { what: 'the connection to be cut' });
  });

  it('that takes a little now and then is kept, though one event takes long', async () => {
    const { sink, response } = await serve();
    sink.send(event);
    const began = performance.now();
    let taken = 0;
    // Some megabytes a second: the kernel asks for more only when a third of its buffer is free.
    reader?.on('data', (chunk: Buffer) => {
      taken += chunk.length;
      reader?.pause();
      setTimeout(() => reader?.resume(), 10);
    });
    reader?.resume();
    await waitFor(() => performance.now() - began > 2.5 * STALLED_MS || response.destroyed, {
      timeoutMs: 20_000,
    });
    expect(response.destroyed).toBe(false);
    expect(sink.pendingBytes()).toBeGreaterThan(0);
    expect(taken).toBeLessThan(MUCH_BYTES);
  });

  it('with nothing to send is kept', async () => {
    const { sink, response } = await serve();
    const timedOut = new Promise((resolve) => response.once('timeout', resolve));
    sink.heartbeat();
    await timedOut;
    expect(response.destroyed).toBe(false);
  });
});
