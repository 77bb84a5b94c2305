import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { ServerUnderTest } from '../testing/server-under-test.js';
import { startNginx, type TestNginx } from '../testing/test-nginx.js';

/** The request that an attacker hides in another's body. */
const HIDDEN = 'GET /smuggled HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Ignore: ';
const HEX = HIDDEN.length.toString(16);
/** Ends the body at once for who reads chunks, and is the body for who counts bytes. */
const AFTER_LAST_CHUNK = `0\r\n\r\n${HIDDEN}`;
const IN_A_CHUNK = `${HEX}\r\n${HIDDEN}\r\n0\r\n\r\n`;

/** One request with these lines of its head; `\r\n` between lines unless they bring their own. */
function post(path: string, lines: readonly string[], body: string): string {
  return [`POST ${path} HTTP/1.1`, 'Host: 127.0.0.1', ...lines, '', body].join('\r\n');
}

const whole = (body: string): string => `Content-Length: ${String(body.length)}`;

/** How Transfer-Encoding is written so that one reader takes it for it and the next does not. */
const ENCODINGS = [
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: xchunked',
  'Transfer-Encoding: chunked, identity',
  'Transfer-Encoding: identity, chunked',
  'Transfer-Encoding: "chunked"',
  'Transfer-Encoding:\tchunked',
  'Transfer-Encoding:\u000bchunked',
  'Transfer-Encoding : chunked',
  ' Transfer-Encoding: chunked',
  'X: x\nTransfer-Encoding: chunked',
  'X: x\rTransfer-Encoding: chunked',
  'Transfer-Encoding\n: chunked',
  'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity',
  'Transfer-Encoding: cow\r\nTransfer-Encoding: chunked',
  'Transfer-Encoding: chunked\0',
  'tRANSFER-eNCODING: CHUNKED',
];

const LENGTHS = ['+0', '-0', '0x0', '0,', '0 0', `0, ${String(HIDDEN.length)}`, '0\u000b', '1e0'];

const CASES: readonly (readonly [string, string])[] = [
  ...ENCODINGS.flatMap((encoding) => [
    [
      `CL.TE ${JSON.stringify(encoding)}`,
      post('/api/sign-in', [whole(AFTER_LAST_CHUNK), encoding], AFTER_LAST_CHUNK),
    ] as const,
    [
      `TE.CL ${JSON.stringify(encoding)}`,
      post('/api/sign-in', [encoding, `Content-Length: ${String(HEX.length + 2)}`], IN_A_CHUNK),
    ] as const,
  ]),
  // For those who take a `_` for a `-`, as CGI does; nobody takes the length for wrong.
  [
    'CL.TE with an underscore',
    post('/api/sign-in', [whole(AFTER_LAST_CHUNK), 'Transfer_Encoding: chunked'], AFTER_LAST_CHUNK),
  ],
  ...LENGTHS.map(
    (length) =>
      [
        `Content-Length ${JSON.stringify(length)}`,
        post('/api/sign-in', [`Content-Length: ${length}`], HIDDEN),
      ] as const,
  ),
  [
    'two Content-Length',
    post('/api/sign-in', ['Content-Length: 0', `Content-Length: ${String(HIDDEN.length)}`], HIDDEN),
  ],
  [
    'a chunk extension with a bare line feed',
    post(
      '/api/sign-in',
      ['Transfer-Encoding: chunked'],
      `2;\nxx\r\n${(HIDDEN.length + 5).toString(16)}\r\n${AFTER_LAST_CHUNK}\r\n0\r\n\r\n`,
    ),
  ],
  [
    'a chunk longer than a number holds',
    post('/api/sign-in', ['Transfer-Encoding: chunked'], `10000000000000000\r\n${HIDDEN}`),
  ],
  [
    'trailers',
    post(
      '/api/sign-in',
      ['Transfer-Encoding: chunked'],
      `0\r\nContent-Length: 0\r\nX: ${HIDDEN.replace(/\r\n/g, ' ')}\r\n\r\n`,
    ),
  ],
  // Nothing ambiguous, but answered before the body was read: the rest must not become a request.
  ...['/api/sign-in', '/no-such-page', '/commands?session=main', '/api/link'].map(
    (path) =>
      [`a body nobody waits for: POST ${path}`, post(path, [whole(HIDDEN)], HIDDEN)] as const,
  ),
  ...['GET', 'HEAD', 'OPTIONS', 'DELETE'].map(
    (method) =>
      [
        `a body where none belongs: ${method}`,
        post('/api/me', [whole(HIDDEN)], HIDDEN).replace('POST', method),
      ] as const,
  ),
  ['a body behind Expect', post('/api/sign-in', ['Expect: 100-continue', whole(HIDDEN)], HIDDEN)],
  [
    'a body behind an upgrade to h2c',
    post(
      '/api/sign-in',
      [
        'Connection: Upgrade, HTTP2-Settings',
        'Upgrade: h2c',
        'HTTP2-Settings: AAMAAABkAAQ',
        whole(HIDDEN),
      ],
      HIDDEN,
    ),
  ],
];

let server: ServerUnderTest;
let nginx: TestNginx;
/** Addresses of the requests that reached our server. */
const seen: string[] = [];

beforeAll(async () => {
  server = await ServerUnderTest.start({ trustedProxies: '127.0.0.1' });
  const http = server.running.app.getHttpServer() as { on: (name: string, f: unknown) => void };
  http.on('request', (request: IncomingMessage) => seen.push(request.url ?? ''));
  // Else it forgets a request whose sender has said all it has to say.
  const lines = ['proxy_ignore_client_abort on;'];
  nginx = await startNginx(server.tmux.dir, server.running.port, lines);
});

beforeEach(() => {
  seen.length = 0;
});

afterAll(async () => {
  await nginx.stop();
  await server.stop();
});

/** Sends the bytes and what ends a request that is still waited for. @returns all that was answered */
async function send(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
  const ended = new Promise<void>((resolve) => {
    socket.on('close', resolve);
    socket.on('error', () => resolve());
  });
  await once(socket, 'connect');
  // Half closed: who waits for more learns that there is none, and hangs up.
  socket.end(Buffer.from(`${bytes}\r\n\r\n`, 'latin1'));
  await ended;
  return answer;
}

const ask = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`;

describe.each(['directly', 'through nginx'])('a request hidden in another, sent %s', (way) => {
  const port = (): number => (way === 'directly' ? server.running.port : nginx.port);

  it('would be seen', async () => {
    await send(port(), ask('/api/health/live') + ask('/smuggled'));
    expect(seen).toEqual(['/api/health/live', '/smuggled']);
  });

  it.each(CASES)('[M13] stays hidden: %s', async (_name, bytes) => {
    await send(port(), bytes);
    // The next ones, on whatever connection nginx kept, get their own answers.
    for (const id of ['one', 'two', 'three', 'four', 'five']) {
      const url = `http://127.0.0.1:${String(port())}/api/health/live`;
      const reply = await fetch(url, { headers: { 'X-Correlation-Id': id } });
      expect([reply.status, reply.headers.get('X-Correlation-Id')]).toEqual([200, id]);
    }
    expect(seen.filter((url) => url !== '/api/health/live')).not.toContain('/smuggled');
    expect(seen.filter((url) => url === '/api/health/live')).toHaveLength(5);
  });
});
