import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OneTimeKeysService } from '../auth/one-time-keys.service.js';
import { CredentialEvents } from '../auth/credential-events.js';
import { freshLink } from '../cli/fresh-link.js';
import { readServerFiles, writeServerFile } from '../cli/server-file.js';
import { LinkSecret } from '../auth/link-secret.js';
import type { RunningServer } from '../main.js';
import { startAlone } from '../testing/start-alone.js';
import { RATE_LIMITS } from './rate-limit/rate-limits.js';

const PUBLIC_ROUTES = [
  'GET /api/health/live',
  'GET /api/health/ready',
  'GET /api/sign-in',
  'GET /api/sign-in/oidc',
  'GET /api/sign-in/oidc/callback',
  'POST /api/link',
  'GET /api/sign-in',
  'GET /api/sign-in/oidc',
  'GET /api/sign-in/oidc/callback',
  'POST /api/sign-in',
];

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
}

let dir: string;
const running: RunningServer[] = [];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tmuxy-http-'));
  mkdirSync(join(dir, 'web'));
  writeFileSync(
    join(dir, 'web', 'index.html'),
    '<head><base href="./"></head><app-root></app-root>',
  );
  writeFileSync(join(dir, 'web', 'main-ABCD1234.js'), 'export {};');
  writeFileSync(join(dir, 'web', 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
});

afterEach(async () => {
  for (const { app } of running.splice(0)) await app.close();
  rmSync(dir, { recursive: true });
});

async function start(
  flags: Record<string, string> = {},
  webRoot = join(dir, 'web'),
): Promise<RunningServer> {
  const server = await startAlone(dir, { flags, webRoot });
  running.push(server);
  return server;
}

async function stop(server: RunningServer): Promise<void> {
  running.splice(running.indexOf(server), 1);
  await server.app.close();
}

function post(
  server: RunningServer,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
) {
  return fetch(new URL(path, server.url), {
    method: 'POST',
    redirect: 'manual',
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

function get(server: RunningServer, path: string, headers: Record<string, string> = {}) {
  return fetch(new URL(path, server.url), { redirect: 'manual', headers });
}

/** Signs in and returns the `Cookie` header and the whole `Set-Cookie`. */
async function signIn(
  server: RunningServer,
  key = server.app.get(OneTimeKeysService).issueLinkKey(),
) {
  const response = await post(server, 'api/sign-in', { key });
  expect(response.status).toBe(204);
  const setCookie = response.headers.get('set-cookie') ?? '';
  return { setCookie, cookie: setCookie.split(';', 1)[0] ?? '' };
}

async function codeOf(response: Response): Promise<unknown> {
  const body: unknown = await response.json();
  return typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
}

/** Every route of the application, parameters filled in: `GET /api/me`. */
function routesOf(server: RunningServer): readonly string[] {
  const { router } = server.app.getHttpAdapter().getInstance() as unknown as {
    router: { stack: Layer[] };
  };
  return router.stack.flatMap(({ route }) =>
    route && /^\/(?:api|events|commands)/.test(route.path)
      ? Object.keys(route.methods).map(
          (method) => `${method.toUpperCase()} ${route.path.replaceAll(/:\w+/g, 'x')}`,
        )
      : [],
  );
}

/** Other ways of writing a path that some router somewhere takes for the same. */
function aliasesOf(path: string): readonly string[] {
  const hex = (character: string): string => `%${character.charCodeAt(0).toString(16)}`;
  const last = path.lastIndexOf('/') + 1;
  return [
    path.toUpperCase(),
    `${path}/`,
    `${path}//`,
    `/${path}`,
    `/.${path}`,
    `/x/..${path}`,
    `${path.slice(0, last)}./${path.slice(last)}`,
    path.slice(0, last) + hex(path.charAt(last)) + path.slice(last + 1),
    `${path};x=1`,
    `${path}%2f`,
    `${path}%00`,
    `${path}%20`,
    `${path}.json`,
    `${path}?`,
    `http://127.0.0.1${path}`,
  ];
}

/** Asks for a path exactly as it is written; `fetch` would tidy it up. */
function ask(
  server: RunningServer,
  method: string,
  path: string,
): Promise<readonly [number | undefined, unknown]> {
  return new Promise((resolve, reject) => {
    httpRequest({ port: server.port, method, path }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        const body: unknown = method === 'HEAD' ? {} : JSON.parse(text);
        const code = typeof body === 'object' && body && 'code' in body ? body.code : undefined;
        resolve([response.statusCode, code]);
      });
    })
      .on('error', reject)
      .end();
  });
}

describe('every route', () => {
  it('[A1] wants an identity, except the public ones', async () => {
    const server = await start();
    const routes = routesOf(server);
    expect(routes).toEqual(
      expect.arrayContaining(['POST /api/sign-in', 'GET /api/me', 'GET /events', 'POST /commands']),
    );
    for (const route of routes.filter((name) => !PUBLIC_ROUTES.includes(name))) {
      const [method = '', path = ''] = route.split(' ');
      const response = await fetch(new URL(path, server.url), { method });
      expect([route, response.status]).toEqual([route, 401]);
      // The answer to HEAD has no body.
      if (method !== 'HEAD') expect(await codeOf(response)).toBe('unauthenticated');
    }
  });

  it('[A3] is as closed under any other way of writing it', async () => {
    const server = await start();
    for (const route of routesOf(server).filter((name) => !PUBLIC_ROUTES.includes(name))) {
      const [method = '', path = ''] = route.split(' ');
      for (const alias of aliasesOf(path)) {
        const [status, code] = await ask(server, method, alias);
        expect([400, 401, 404]).toContain(status);
        if (method === 'HEAD') continue;
        expect(['400 invalid-request', '401 unauthenticated', '404 not-found']).toContain(
          `${String(status)} ${String(code)}`,
        );
      }
    }
  });

  it('is open to a sign-in', async () => {
    const server = await start();
    const { cookie } = await signIn(server);
    const response = await get(server, 'api/me', { cookie });
    expect(await response.json()).toMatchObject({ role: 'admin', readOnly: false });
  });

  it('carries the security headers and the correlation id, errors too', async () => {
    const server = await start();
    for (const path of [
      '',
      'main-ABCD1234.js',
      'api/me',
      'api/nothing',
      'api/%ff',
      'api/health/live',
    ]) {
      const { headers } = await get(server, path, { 'x-correlation-id': 'mine' });
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('content-security-policy')).toContain(";script-src 'self';");
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(headers.get('x-correlation-id')).toBe('mine');
      if (path.startsWith('api')) expect(headers.get('cache-control')).toBe('no-store');
    }
  });

  it('says in an error which request it was', async () => {
    const server = await start();
    const response = await get(server, 'api/me');
    const body: unknown = await response.json();
    expect(body).toEqual({
      code: 'unauthenticated',
      message: expect.any(String) as unknown,
      correlationId: response.headers.get('x-correlation-id'),
    });
  });
});

describe('bad requests', () => {
  it.each([
    ['malformed JSON', '{"key":', {}, 400, 'invalid-request'],
    ['no object', '7', {}, 400, 'invalid-request'],
    ['an array', '[]', {}, 400, 'invalid-request'],
    ['a wrong type', { key: 5 }, {}, 400, 'invalid-request'],
    ['a missing field', {}, {}, 400, 'invalid-request'],
    ['an unknown field', { key: 'x', admin: true }, {}, 400, 'invalid-request'],
    ['[M5] a prototype', '{"key":"x","__proto__":{"key":5}}', {}, 400, 'invalid-request'],
    ['[M5] a doubled key', '{"key":"x","key":"y"}', {}, 400, 'invalid-request'],
    ['[M5] a key of all objects', '{"key":"x","hasOwnProperty":1}', {}, 400, 'invalid-request'],
    ['[M7] a byte order mark', '\ufeff{"key":"x"}', {}, 400, 'invalid-request'],
    ['text', '{"key":"x"}', { 'content-type': 'text/plain' }, 415, 'unsupported-media-type'],
    [
      'a form',
      'key=x',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'unsupported-media-type',
    ],
    [
      'another charset',
      '{}',
      { 'content-type': 'application/json; charset=x' },
      415,
      'unsupported-media-type',
    ],
    ['a compressed body', '{}', { 'content-encoding': 'gzip' }, 415, 'unsupported-media-type'],
    ['an over-long body', { key: 'x'.repeat(65_536) }, {}, 413, 'too-large'],
    ['an over-long key', { key: 'x'.repeat(129) }, {}, 400, 'invalid-request'],
    ['a wrong key', { key: 'x' }, {}, 401, 'unauthenticated'],
  ])('with %s get their code', async (_name, body, headers, status, code) => {
    const server = await start();
    const response = await post(server, 'api/sign-in', body, headers);
    expect([response.status, response.headers.get('set-cookie')]).toEqual([status, null]);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ code });
    expect(text).not.toMatch(/\bat .*:\d+|node_modules|xxxx/);
  });

  it('name the fields that are wrong, not their values', async () => {
    const server = await start();
    const response = await post(server, 'api/sign-in', { key: 5, more: 's3cret' });
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({
      details: { fields: [{ field: 'more' }, { field: 'key', rules: ['isLength', 'isString'] }] },
    });
    expect(text).not.toContain('s3cret');
  });

  it.each(['api/nothing', 'events/x', 'commands/x', 'api', 'API/Me/x'])(
    'to %s are not found',
    async (path) => {
      const server = await start();
      const response = await get(server, path, { accept: 'text/html' });
      expect([response.status, await codeOf(response)]).toEqual([404, 'not-found']);
    },
  );

  it('to a malformed path are told so', async () => {
    const server = await start();
    const response = await get(server, 'api/%ff');
    expect([response.status, await codeOf(response)]).toEqual([400, 'invalid-request']);
  });

  it('do not have their body read before somebody signed in', async () => {
    const server = await start();
    const response = await post(server, 'api/sign-out', '{"malformed');
    expect(response.status).toBe(401);
  });
});

describe('sign-in', () => {
  it('works once per key and sets a cookie only the browser can read', async () => {
    const server = await start();
    const key = server.app.get(OneTimeKeysService).issueStartUpKey();
    const { setCookie } = await signIn(server, key);
    expect(setCookie).toMatch(
      new RegExp(
        `^tmuxy-${String(server.port)}=[\\w-]{43}; Max-Age=43200; Path=/; HttpOnly; SameSite=Strict$`,
      ),
    );
    expect((await post(server, 'api/sign-in', { key })).status).toBe(401);
  });

  it('takes no key from an address', async () => {
    const server = await start();
    const key = server.app.get(OneTimeKeysService).issueStartUpKey();
    expect((await get(server, `api/sign-in?key=${key}`)).headers.get('set-cookie')).toBeNull();
    expect((await get(server, `api/me?key=${key}`)).status).toBe(401);
    expect(server.app.get(OneTimeKeysService).redeem(key)).toBe(true);
  });

  it('ends with sign-out, for the cookie and for whoever listens', async () => {
    const server = await start();
    const { cookie } = await signIn(server);
    const ended: string[] = [];
    server.app.get(CredentialEvents).onEnded(({ credentialId }) => ended.push(credentialId));
    const response = await post(server, 'api/sign-out', undefined, { cookie });
    expect([response.status, response.headers.get('set-cookie')]).toEqual([
      204,
      expect.stringContaining('Max-Age=0'),
    ]);
    expect(ended).toHaveLength(1);
    expect((await get(server, 'api/me', { cookie })).status).toBe(401);
  });

  it('replaces the one the browser had', async () => {
    const server = await start();
    const first = await signIn(server);
    const key = server.app.get(OneTimeKeysService).issueLinkKey();
    await post(server, 'api/sign-in', { key }, { cookie: first.cookie });
    expect((await get(server, 'api/me', { cookie: first.cookie })).status).toBe(401);
  });

  it('survives a restart', async () => {
    const first = await start();
    const { cookie } = await signIn(first);
    await stop(first);
    const second = await start({ port: String(first.port) });
    expect((await get(second, 'api/me', { cookie })).status).toBe(200);
  });

  it('is told apart by the port of the address bar', async () => {
    const server = await start();
    const { cookie } = await signIn(server);
    const value = cookie.split('=')[1] ?? '';
    const status = await new Promise<number | undefined>((resolve, reject) => {
      httpRequest(
        new URL('api/me', server.url),
        { headers: { host: 'localhost:8022', cookie: `${cookie}; tmuxy-8022=bad` } },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      )
        .on('error', reject)
        .end();
    });
    expect(value).toHaveLength(43);
    expect(status).toBe(401);
  });
});

describe('rate limits', () => {
  it('stop guessing, say until when, and leave those who are right alone', async () => {
    const server = await start();
    for (let i = 0; i < RATE_LIMITS['sign-in'].limit + 2; i++) await signIn(server);
    const statuses: number[] = [];
    for (let i = 0; i < RATE_LIMITS['sign-in'].limit; i++) {
      statuses.push((await post(server, 'api/sign-in', { key: 'guess' })).status);
    }
    expect(new Set(statuses)).toEqual(new Set([401]));
    const response = await post(server, 'api/sign-in', { key: 'guess' });
    expect([response.status, await codeOf(response)]).toEqual([429, 'rate-limited']);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(response.headers.get('retry-after'))).toBeLessThanOrEqual(60);
  });

  it('count each sign-in by itself and not the probes of machines', async () => {
    const server = await start();
    const [ana, ben] = [await signIn(server), await signIn(server)];
    const { limit } = RATE_LIMITS.default;
    for (let sent = 0; sent < limit; sent += 50) {
      await Promise.all(
        Array.from({ length: 50 }, () => get(server, 'api/me', { cookie: ana.cookie })),
      );
    }
    expect((await get(server, 'api/me', { cookie: ana.cookie })).status).toBe(429);
    expect((await get(server, 'api/me', { cookie: ben.cookie })).status).toBe(200);
    expect((await get(server, 'api/health/live')).status).toBe(200);
  });
});

describe('the web app', () => {
  it('is served with its base, never stored, its hashed files stored for good', async () => {
    const server = await start();
    const index = await get(server, '');
    expect(await index.text()).toContain('<base href="/">');
    expect(index.headers.get('cache-control')).toBe('no-store');
    expect(index.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const script = await get(server, 'main-ABCD1234.js');
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect((await get(server, 'favicon.svg')).headers.get('cache-control')).toBe('no-cache');
  });

  it.each([
    ['If-Match', '"another"', 400],
    ['If-Unmodified-Since', 'Thu, 01 Jan 1970 00:00:00 GMT', 400],
    ['Range', 'bytes=99999999-', 200],
    ['Range', 'bytes=0-0,1-1', 200],
  ])(
    'lets nobody put an error into caches in place of a file: %s: %s',
    async (name, value, status) => {
      const server = await start();
      const response = await get(server, 'main-ABCD1234.js', { [name]: value });
      expect(response.status).toBe(status);
      if (status === 200) expect(await response.text()).toBe('export {};');
      else {
        expect(response.headers.get('cache-control')).toBe('no-store');
        expect(response.headers.get('etag')).toBeNull();
        expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
      }
    },
  );

  it('answers addresses of its own, but nothing that is no page', async () => {
    const server = await start();
    const page = await get(server, 'sessions/main', { accept: 'text/html' });
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<app-root ')]);
    expect((await get(server, 'missing.js', { accept: '*/*' })).status).toBe(404);
    expect((await get(server, '..%2fstate%2fsign-ins.json')).status).toBe(404);
  });

  it('says so when it is not built', async () => {
    const server = await start({}, join(dir, 'no-web'));
    const response = await get(server, '', { accept: 'text/html' });
    expect([response.status, await response.text()]).toEqual([
      503,
      expect.stringContaining('npm start'),
    ]);
  });

  it('and everything else are below the base path', async () => {
    const server = await start({ basePath: '/tmux' });
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/tmux\/$/);
    const index = await get(server, '', { accept: 'text/html' });
    expect(await index.text()).toContain('<base href="/tmux/">');
    expect((await get(server, 'main-ABCD1234.js')).status).toBe(200);
    const { cookie, setCookie } = await signIn(server);
    expect(setCookie).toContain('Path=/tmux;');
    expect((await get(server, 'api/me', { cookie })).status).toBe(200);
    expect((await get(server, '/api/me', { cookie })).status).toBe(404);
    expect((await get(server, '/', { cookie })).status).toBe(404);
    expect((await get(server, '/tmux?a=1')).headers.get('location')).toBe('/tmux/?a=1');
  });

  it('[C11] is not even told of under a name that only points here', async () => {
    const server = await start({ basePath: '/tmux' });
    for (const path of ['/', '/tmux', '/tmux/', '/other']) {
      const status = await new Promise((resolve, reject) => {
        const headers = { host: 'rebind.test' };
        httpRequest({ host: '127.0.0.1', port: server.port, path, headers }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on('error', reject)
          .end();
      });
      expect([path, status]).toEqual([path, 403]);
    }
  });
});

describe(freshLink.name, () => {
  function announce(server: RunningServer): () => void {
    const { port, url } = server;
    return writeServerFile(join(dir, 'state'), {
      pid: process.pid,
      port,
      url,
      links: [url],
      secret: server.app.get(LinkSecret).value,
    });
  }

  it('signs in', async () => {
    const server = await start({ basePath: '/tmux' });
    const remove = announce(server);
    const [link = ''] = await freshLink(join(dir, 'state'), undefined);
    const [url, key] = link.split('#key=');
    expect(url).toBe(server.url);
    await signIn(server, key);
    remove();
    expect(readServerFiles(join(dir, 'state'))).toEqual([]);
  });

  it('wants to know which server when there are several', async () => {
    const [one, two] = [await start(), await start()];
    announce(one);
    announce(two);
    await expect(freshLink(join(dir, 'state'), undefined)).rejects.toThrow('tmuxy link --port');
    await expect(freshLink(join(dir, 'state'), two.port)).resolves.toEqual([
      expect.stringContaining(two.url),
    ]);
  });

  it('says what to do when none runs, and forgets those that are gone', async () => {
    const server = await start();
    announce(server);
    await stop(server);
    await expect(freshLink(join(dir, 'state'), undefined)).rejects.toThrow('tmuxy server');
    expect(readServerFiles(join(dir, 'state'))).toEqual([]);
  });

  it.each([undefined, 'Bearer x', `Bearer ${'A'.repeat(43)}`, 'Basic x'])(
    'needs the secret of the server (%s)',
    async (authorization) => {
      const server = await start();
      const response = await post(
        server,
        'api/link',
        undefined,
        authorization ? { authorization } : {},
      );
      expect(response.status).toBe(401);
    },
  );
});

describe('a start', () => {
  it('fails on a port in use and leaves nothing running', async () => {
    const { port } = await start();
    await expect(start({ port: String(port) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('ends with a connection still open', async () => {
    const server = await start();
    expect((await get(server, 'api/health/live')).status).toBe(200);
    await stop(server);
    await expect(get(server, 'api/health/live')).rejects.toThrow();
  });
});
