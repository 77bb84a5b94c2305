import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tempDir, type TempDir } from '#testing';
import type { RunningServer } from '../../main.js';
import { startAlone } from '../../testing/start-alone.js';

let dir: TempDir;
let running: RunningServer;

beforeAll(async () => {
  dir = await tempDir();
  running = await startAlone(dir.path);
});

afterAll(async () => {
  await running.app.close();
  await dir.remove();
});

/** Sends the start at once, and then a byte of `rest` each time it may, until the server hangs up. */
async function dribble(start: string, rest: string): Promise<string> {
  const socket: Socket = connect(running.port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
  // A reset is a way of hanging up, too.
  socket.on('error', () => undefined);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await once(socket, 'connect');
  socket.write(start);
  let at = 0;
  const writing = setInterval(() => socket.write(rest[at++ % rest.length] ?? ''), 20);
  await closed;
  clearInterval(writing);
  return answer;
}

describe('a client that sends slowly', () => {
  it('[L5] has ten seconds for headers and thirty for a request', () => {
    const server: Server = running.app.getHttpServer();
    expect(server.headersTimeout).toBe(10_000);
    expect(server.requestTimeout).toBe(30_000);
    expect(server.maxConnections).toBe(4_096);
  });

  it.each([
    [
      'headers',
      'GET /api/health/live HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ',
      'a',
      /^HTTP\/1\.1 408 /,
    ],
    [
      'a body before it is known',
      'POST /api/sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{"key":"',
      'a',
      /^(?!HTTP\/1\.1 2)/,
    ],
    [
      'chunks',
      'POST /api/sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
      '1\r\na\r\n',
      /^(?!HTTP\/1\.1 2)/,
    ],
  ])('[L5] is hung up on, however often a byte comes: %s', async (_what, start, rest, answered) => {
    const server: Server = running.app.getHttpServer();
    const { headersTimeout, requestTimeout } = server;
    server.headersTimeout = 300;
    server.requestTimeout = 300;
    try {
      const slow = Array.from({ length: 20 }, () => dribble(start, rest));
      // Others are served meanwhile.
      const other = await fetch(new URL('api/health/live', running.url));
      expect(other.status).toBe(200);
      for (const answer of await Promise.all(slow)) expect(answer).toMatch(answered);
    } finally {
      Object.assign(server, { headersTimeout, requestTimeout });
    }
  });
});
