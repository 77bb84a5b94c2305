import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OneTimeKeysService } from '../auth/one-time-keys.service.js';
import type { RunningServer } from '../main.js';
import { startAlone } from '../testing/start-alone.js';
import { REQUESTS_PER_CONNECTION_MAX } from './edge/connection-limits.js';

/** What every answer says, whoever gives it. */
const HEADERS_OF_ALL = [
  'content-security-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'permissions-policy',
  'referrer-policy',
  'x-content-type-options',
  'x-correlation-id',
  'cache-control',
];

const LISTED = 'https://tools.test';

let dir: string;
let server: RunningServer;
/** Of a browser that signed in there; guessing is not what this is about. */
let cookie: string;

async function start(flags: Record<string, string> = {}): Promise<RunningServer> {
  return startAlone(dir, { flags, webRoot: join(dir, 'web') });
}

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'tmuxy-edge-'));
  mkdirSync(join(dir, 'web'));
  writeFileSync(join(dir, 'web', 'index.html'), '<base href="./"><app-root></app-root>');
  server = await start({ corsOrigins: LISTED });
  cookie = await signIn();
});

afterAll(async () => {
  await server.app.close();
  rmSync(dir, { recursive: true });
});

/** Sends bytes as they are and reads until the server hangs up, or until `isDone` with what came. */
async function raw(
  text: string | Uint8Array,
  isDone: (answer: string) => boolean = () => false,
  { port } = server,
): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  const done = new Promise<void>((resolve) => {
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      if (isDone(answer)) resolve();
    });
    socket.on('close', resolve);
    // A reset after the answer is a way of hanging up, too.
    socket.on('error', () => resolve());
  });
  await once(socket, 'connect');
  socket.write(text);
  await done;
  socket.destroy();
  return answer;
}

/** A request with these lines after the first and `Host`. */
function request(first: string, ...lines: readonly string[]): string {
  return [first, 'Host: 127.0.0.1', ...lines, '', ''].join('\r\n');
}

function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1]);
}

function get(path: string, headers: Record<string, string> = {}, at = server): Promise<Response> {
  return fetch(new URL(path, at.url), { headers, redirect: 'manual' });
}

async function refusal(response: Response): Promise<string> {
  const body = (await response.json()) as { code?: string };
  return `${String(response.status)} ${String(body.code)}`;
}

async function signIn(): Promise<string> {
  const response = await fetch(new URL('api/sign-in', server.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ key: server.app.get(OneTimeKeysService).issueLinkKey() }),
  });
  return response.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
}

describe('bytes that are no request of a browser', () => {
  it.each([
    ['[M15] HTTP/0.9', 'GET /\r\n\r\n'],
    ['[M15] HTTP/1.0', request('GET /api/health/live HTTP/1.0')],
    ['[M15] the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['[M15] CONNECT', request('CONNECT 127.0.0.1:22 HTTP/1.1')],
    [
      '[M15] an upgrade to WebSocket',
      request('GET / HTTP/1.1', 'Connection: Upgrade', 'Upgrade: websocket'),
    ],
    [
      '[M15] an upgrade to HTTP/2',
      request(
        'GET / HTTP/1.1',
        'Connection: Upgrade, HTTP2-Settings',
        'Upgrade: h2c',
        'HTTP2-Settings: AAMAAABkAAQAAP__',
      ),
    ],
    ['[M15] TRACE', request('TRACE / HTTP/1.1')],
    ['an unknown method', request('PROPFIND / HTTP/1.1')],
    ['two Hosts', request('GET / HTTP/1.1', 'Host: 127.0.0.1')],
    ['no Host', 'GET / HTTP/1.1\r\n\r\n'],
    [
      'chunks of something compressed',
      request('POST /api/sign-in HTTP/1.1', 'Transfer-Encoding: gzip, chunked'),
    ],
    ['an absolute address', request('GET http://127.0.0.1/ HTTP/1.1')],
    [
      'both lengths',
      request('POST /api/sign-in HTTP/1.1', 'Content-Length: 5', 'Transfer-Encoding: chunked'),
    ],
    [
      'two lengths',
      request('POST /api/sign-in HTTP/1.1', 'Content-Length: 5', 'Content-Length: 6'),
    ],
    ['a folded header', request('GET / HTTP/1.1', 'A: b', ' c')],
    ['a space before the colon', request('GET / HTTP/1.1', 'Host : evil.test')],
    ['NUL in a header', request('GET / HTTP/1.1', 'A: \0')],
    [
      'a joined session token',
      request('POST /commands HTTP/1.1', 'X-Session-Token: a', 'X-Session-Token: b'),
    ],
    [
      '65 headers',
      request('GET / HTTP/1.1', ...Array.from({ length: 64 }, (_, i) => `A${String(i)}: b`)),
    ],
    ['2,000 headers', request('GET / HTTP/1.1', ...Array.from({ length: 2_000 }, () => 'A: b'))],
    ['an expectation nobody knows', request('POST / HTTP/1.1', 'Expect: a-miracle')],
    ['TLS on the plain port', Uint8Array.of(22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3)],
  ])('are refused and hung up on: %s', async (_name, bytes) => {
    const answer = await raw(bytes);
    expect(statusOf(answer)).toBe(400);
    const [head = '', body = ''] = answer.split('\r\n\r\n', 2);
    expect(JSON.parse(body)).toMatchObject({ code: 'invalid-request' });
    for (const name of HEADERS_OF_ALL) expect(head.toLowerCase()).toContain(`\r\n${name}: `);
  });

  it('are refused by Node alone where it does not ask us', async () => {
    const unknown = request('POST /api/sign-in HTTP/1.1', 'Transfer-Encoding: xchunked');
    expect(await raw(unknown)).not.toMatch(/^HTTP\/1\.1 [23]/);
  });

  it.each(['CONNECT x:1 HTTP/1.1', 'POST / HTTP/1.1\r\nExpect: a-miracle'])(
    'are not answered in place of the request before them: %s',
    async (first) => {
      const stillAnswering = request('GET /api/health/ready HTTP/1.1');
      const answer = await raw(stillAnswering + request(first));
      expect(answer).not.toMatch(/^HTTP\/1\.1 400/);
    },
  );

  it('are not waited for', async () => {
    const began = performance.now();
    expect(statusOf(await raw('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a'))).toBe(408);
    // Ten seconds, and what it takes until somebody looks.
    expect(performance.now() - began).toBeLessThan(20_000);
  }, 30_000);

  it('are refused when they are too long, in the address or the headers', async () => {
    expect(statusOf(await raw(request(`GET /${'a'.repeat(8_192)} HTTP/1.1`)))).toBe(413);
    expect(statusOf(await raw(request('GET / HTTP/1.1', `A: ${'b'.repeat(17_000)}`)))).toBe(431);
  });

  it('[M17] many requests on one connection are answered in their order, up to a number', async () => {
    const one = (id: number) =>
      request('GET /api/health/live HTTP/1.1', `X-Correlation-Id: ${String(id)}`);
    const count = REQUESTS_PER_CONNECTION_MAX;
    const all = Array.from({ length: count + 50 }, (_, id) => one(id)).join('');
    const answer = await raw(all, (text) => text.includes(' 503 '));
    const ids = [...answer.matchAll(/^x-correlation-id: (\d+)\r$/gim)].map(([, id]) => Number(id));
    expect(ids).toEqual(Array.from({ length: count }, (_, id) => id));
  });
});

describe('bodies', () => {
  /** Signed in: the cookie belongs to the port. */
  const head = (...lines: readonly string[]) =>
    request('POST /api/sessions HTTP/1.1', `Cookie: ${cookie}`, ...lines).replace(
      /^Host: .*$/m,
      `Host: 127.0.0.1:${String(server.port)}`,
    );

  const post = (headers: Record<string, string>, body: string | Uint8Array<ArrayBuffer>) =>
    fetch(new URL('api/sessions', server.url), {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', ...headers },
      body,
    });

  it('[M1] of 10 MB are refused', async () => {
    const response = await post({}, JSON.stringify({ name: 'x'.repeat(10_000_000) }));
    expect(response.headers.get('connection')).toBe('close');
    expect(await refusal(response)).toBe('413 too-large');
  });

  it('[M1] that promise a terabyte are refused before it comes', async () => {
    const lines = ['Content-Type: application/json', 'Content-Length: 1000000000000'];
    expect(statusOf(await raw(`${head(...lines)}{"name":"`))).toBe(413);
    // Nor is anybody asked first who they are.
    expect(statusOf(await raw(request('POST /api/sessions HTTP/1.1', ...lines)))).toBe(413);
  });

  it('[M1] that never end, in chunks, are cut off', async () => {
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    const lines = ['Content-Type: application/json', 'Transfer-Encoding: chunked'];
    const answer = await raw(head(...lines) + chunk.repeat(300));
    // What was sent after the answer may take the answer with it.
    expect(answer === '' || statusOf(answer) === 413).toBe(true);
  });

  it.each(['text/plain', 'application/json; charset=utf-7', 'multipart/form-data; boundary=x'])(
    '[M3] of another type are refused: %s',
    async (type) => {
      expect(await refusal(await post({ 'content-type': type }, '{"name":"x"}'))).toBe(
        '415 unsupported-media-type',
      );
    },
  );

  it('[M9] that are not UTF-8 are refused', async () => {
    const bytes = Uint8Array.from([...Buffer.from('{"name":"'), 0xc3, 0x28, ...Buffer.from('"}')]);
    expect(await refusal(await post({}, bytes))).toBe('400 invalid-request');
  });

  it.each([
    '{"name":["x"]}',
    '{"name":{"toString":"x"}}',
    '{"name":null}',
    '{"name":true}',
    '[[]]',
    '1',
  ])('[M11] with another type of value are refused: %s', async (body) => {
    expect(await refusal(await post({}, body))).toBe('400 invalid-request');
  });
});

describe('queries', () => {
  it.each(['session=a&session=b', 'session[$ne]=', 'session[]=a'])(
    '[M19] are read once: %s',
    async (query) => {
      const response = await get(`events?${query}`, { cookie });
      expect(await refusal(response)).toBe('400 invalid-request');
    },
  );
});

describe('session tokens', () => {
  const token = 'a'.repeat(32);

  it.each<[string, string, Record<string, string>, Record<string, unknown>]>([
    ['the address', `&sessionToken=${token}&X-Session-Token=${token}`, {}, {}],
    ['the cookie', '', { cookie: `X-Session-Token=${token}` }, {}],
    ['Authorization', '', { authorization: `Bearer ${token}` }, {}],
    ['the body', '', {}, { sessionToken: token }],
  ])('[B3] are not taken from %s', async (_where, query, headers, body) => {
    const response = await fetch(new URL(`commands?session=x${query}`, server.url), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...headers,
        cookie: [cookie, headers['cookie']].filter((each) => each !== undefined).join('; '),
      },
      body: JSON.stringify({ cmd: 'resync', args: {}, ...body }),
    });
    expect(await refusal(response)).toBe('401 session-token-required');
  });
});

describe('hosts', () => {
  const status = async (host: string, path = '/api/health/live', more: readonly string[] = []) => {
    const lines = [`GET ${path} HTTP/1.1`, `Host: ${host}`, ...more, 'Connection: close', '', ''];
    const answer = await raw(lines.join('\r\n'));
    return `${String(statusOf(answer))} ${/"code":"([\w-]+)"/.exec(answer)?.[1] ?? ''}`;
  };

  it.each(['127.0.0.1', 'localhost:8022', '[::1]:9', 'LocalHost'])(
    'of our own are known: %s',
    async (host) => {
      expect(await status(host)).toBe('200 ');
    },
  );

  it.each([
    'rebind.test',
    'rebind.test:9000',
    '127.0.0.1.rebind.test',
    'localhost.rebind.test',
    'localhost.',
    '127.1',
    '2130706433',
    '0.0.0.0',
    '169.254.169.254',
    'user@localhost',
  ])('[C11] that only point here are refused on every route: %s', async (host) => {
    for (const path of ['/api/health/live', '/api/me', '/', '/events?session=x', '/main.js']) {
      expect(await status(host, path)).toBe('403 host-not-allowed');
    }
  });

  it('[C13] are not taken from X-Forwarded-Host, and no link is made from it', async () => {
    const forged = ['X-Forwarded-Host: localhost', 'X-Forwarded-Proto: https'];
    expect(await status('rebind.test', '/', forged)).toBe('403 host-not-allowed');
    const based = await start({ basePath: '/tmux' });
    try {
      const headers = { 'x-forwarded-host': 'evil.test', 'x-forwarded-proto': 'https' };
      const response = await get('/tmux', headers, based);
      expect(response.headers.get('location')).toBe('/tmux/');
      expect(JSON.stringify([...response.headers])).not.toContain('evil');
    } finally {
      await based.app.close();
    }
  });
});

describe('pages of other sites', () => {
  const foreign = { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' };

  it.each([
    ['[C5] by Origin alone', { origin: 'https://evil.test' }],
    ['[C7] by the null origin', { origin: 'null' }],
    ['[C1] by Sec-Fetch-Site alone', { 'sec-fetch-site': 'cross-site' }],
    ['[C1] of another port of this host', { 'sec-fetch-site': 'same-site' }],
  ])('can send and read nothing: %s', async (_name, headers) => {
    const asked = [
      get('api/me', { ...headers, cookie }),
      get('events?session=x', { ...headers, cookie }),
      get('api/nothing', { ...headers, cookie }),
      ...['commands', 'api/sessions', 'api/sign-out', 'api/sign-in'].map((path) =>
        fetch(new URL(path, server.url), {
          method: 'POST',
          headers: { ...headers, cookie, 'content-type': 'text/plain' },
          body: '{"cmd":"resync","args":{}}',
        }),
      ),
    ];
    for (const answer of asked) expect(await refusal(await answer)).toBe('403 origin-not-allowed');
    expect((await get('api/me', { cookie })).status).toBe(200);
  });

  it('[C9] get no CORS header on any answer', async () => {
    for (const path of ['', 'api/me', 'api/health/live', 'events', 'nothing.js']) {
      for (const method of ['OPTIONS', 'GET', 'HEAD']) {
        const response = await fetch(new URL(path, server.url), {
          method,
          headers: { ...foreign, 'access-control-request-method': 'POST' },
        });
        const names = [...response.headers.keys()];
        expect([method, path, response.status]).toEqual([method, path, 403]);
        expect(names.filter((name) => name.startsWith('access-control-'))).toEqual([]);
      }
    }
  });

  it('[C9] that are listed may ask, but their cookies do not count', async () => {
    const origin = LISTED;
    const preflight = await fetch(new URL('api/me', server.url), {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'GET' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(LISTED);
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull();
    const response = await get('api/me', { origin, cookie, 'sec-fetch-site': 'cross-site' });
    expect(response.headers.get('access-control-allow-origin')).toBe(LISTED);
    expect(response.headers.get('vary')).toContain('Origin');
    expect(await refusal(response)).toBe('401 unauthenticated');
  });

  it('[C19] may not have streams fetched ahead of time', async () => {
    const headers = { cookie, 'sec-purpose': 'prefetch', 'sec-fetch-site': 'same-origin' };
    expect(await refusal(await get('events?session=x', headers))).toBe('403 forbidden');
  });

  it('are answered at once where only their head was asked for', async () => {
    const url = new URL('events?session=main&create=1', server.url);
    const response = await fetch(url, { method: 'HEAD', headers: { cookie } });
    expect(response.status).toBe(400);
  });

  it('[I17] browsers that say nothing of where a request comes from still work', async () => {
    expect((await get('api/me', { cookie })).status).toBe(200);
    expect((await get('api/me', { cookie, origin: server.url.slice(0, -1) })).status).toBe(200);
  });
});

describe('answers', () => {
  it.each([
    ['200', 'api/health/live'],
    ['200', ''],
    ['401', 'api/me'],
    ['404', 'nothing.js'],
    ['400', 'api/%ff'],
  ])('[I1] carry the headers of all, with status %s of /%s', async (status, path) => {
    const response = await get(path);
    expect(String(response.status)).toBe(status);
    const names = [...response.headers.keys()];
    expect(names).toEqual(expect.arrayContaining(HEADERS_OF_ALL));
    expect(response.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect(response.headers.get('x-powered-by')).toBeNull();
    // Nobody spoke https.
    expect(response.headers.get('strict-transport-security')).toBeNull();
    const csp = response.headers.get('content-security-policy') ?? '';
    expect(csp).toMatch(/^default-src 'none';/);
    expect(csp).toContain("require-trusted-types-for 'script'");
    expect(csp).toContain('trusted-types angular angular#bundler');
    expect(csp).not.toContain('unsafe-eval');
  });

  it('[C15] can be framed by nobody, errors neither', async () => {
    for (const path of ['', 'api/me', 'nothing', 'api/%ff']) {
      const { headers } = await get(path);
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('x-frame-options')).toBe('DENY');
    }
  });

  it('give each page a nonce of its own', async () => {
    const nonces = await Promise.all(
      [1, 2].map(async () => {
        const response = await get('', { accept: 'text/html' });
        const [, nonce] = /ngCspNonce="([\w-]{22})"/.exec(await response.text()) ?? [];
        expect(response.headers.get('content-security-policy')).toContain(
          `'nonce-${String(nonce)}'`,
        );
        return nonce;
      }),
    );
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  it('ask for https from then on where the outside is https, and not on loopback', async () => {
    const published = await start({
      publicOrigins: 'https://term.test',
      trustedProxies: '127.0.0.1,::1',
    });
    const strict = async (host: string) =>
      /strict-transport-security: (.*)\r/i.exec(
        await raw(
          [
            `GET / HTTP/1.1`,
            `Host: ${host}`,
            'X-Forwarded-Proto: https',
            'Connection: close',
            '',
            '',
          ].join('\r\n'),
          undefined,
          published,
        ),
      )?.[1];
    try {
      expect(await strict('term.test')).toBe('max-age=63072000');
      expect(await strict('localhost')).toBeUndefined();
    } finally {
      await published.app.close();
    }
  });
});
