import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { type IncomingMessage, request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { tempDir, type TempDir } from '#testing';
import type { RunningServer } from '../../main.js';
import { startAlone } from '../../testing/start-alone.js';
import { startNginx, type TestNginx } from '../../testing/test-nginx.js';
import { OneTimeKeysService } from '../one-time-keys.service.js';

const PROXY = '127.0.0.1';
const GROUPS = [
  { group: 'ops', role: 'operator' },
  { group: 'staff', role: 'viewer' },
];

let dir: TempDir;
const servers: RunningServer[] = [];

beforeEach(async () => {
  dir = await tempDir('tmuxy-proxy-');
});

afterEach(async () => {
  for (const { app } of servers.splice(0)) await app.close();
  await dir.remove();
});

async function start(flags: Record<string, string> = {}): Promise<RunningServer> {
  const file = join(dir.path, 'tmuxy.yaml');
  // JSON is YAML.
  writeFileSync(file, JSON.stringify({ groups: GROUPS }), { mode: 0o600 });
  const server = await startAlone(dir.path, {
    file,
    flags: {
      trustedProxies: PROXY,
      proxyUserHeader: 'X-Remote-User',
      proxyGroupsHeader: 'X-Remote-Groups',
      ...flags,
    },
  });
  servers.push(server);
  return server;
}

/** Asks who it is, with headers that may come twice. @returns status and body */
async function me(
  port: number,
  headers: Readonly<Record<string, string | readonly string[]>> = {},
): Promise<readonly [number, unknown]> {
  const request = httpRequest({
    host: '127.0.0.1',
    port,
    path: '/api/me',
    headers: headers as Record<string, string | string[]>,
    agent: false,
  });
  const answered = once(request, 'response');
  request.end();
  const [response] = (await answered) as [IncomingMessage];
  const text = Buffer.concat(await response.toArray()).toString();
  const isJson = response.headers['content-type']?.startsWith('application/json') === true;
  return [response.statusCode ?? 0, isJson ? JSON.parse(text) : text];
}

const ANA = { 'X-Remote-User': 'ana', 'X-Remote-Groups': 'staff, ops' };

it('is whom a trusted proxy names, with the role of the groups', async () => {
  const { port } = await start();
  expect(await me(port, ANA)).toEqual([200, { name: 'ana', role: 'operator', readOnly: false }]);
});

it('[A17] is nobody for the header of a peer that is not listed', async () => {
  const { port } = await start({ trustedProxies: '10.9.8.7' });
  const [status] = await me(port, { ...ANA, 'X-Forwarded-For': '10.9.8.7' });
  expect(status).toBe(401);
});

it('[O13] is nobody for another spelling of the header', async () => {
  const { port } = await start();
  expect((await me(port, { X_Remote_User: 'ana', 'X-Remote-Groups': 'ops' }))[0]).toBe(401);
  expect((await me(port, { X_Remote_User: 'root', ...ANA }))[1]).toMatchObject({ name: 'ana' });
});

it('refuses a header that came twice', async () => {
  const { port } = await start();
  const doubled = { ...ANA, 'X-Remote-User': ['ana', 'root'] };
  expect(await me(port, doubled)).toEqual([
    400,
    expect.objectContaining({ code: 'invalid-request' }),
  ]);
});

it('refuses those without a role, and says whom to ask', async () => {
  const { port } = await start();
  expect(await me(port, { 'X-Remote-User': 'eve', 'X-Remote-Groups': 'guests' })).toEqual([
    403,
    expect.objectContaining({ code: 'forbidden' }),
  ]);
});

it('leaves the proxy its own Basic sign-in, and judges any other', async () => {
  const { port } = await start();
  const basic = `Basic ${Buffer.from('ana:of the proxy').toString('base64')}`;
  expect((await me(port, { ...ANA, Authorization: basic }))[1]).toMatchObject({ name: 'ana' });
  expect((await me(port, { Authorization: basic }))[0]).toBe(401);
});

it('asks the cookie first', async () => {
  const { app, port, url } = await start();
  const key = app.get(OneTimeKeysService).issueLinkKey();
  const reply = await fetch(new URL('api/sign-in', url), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ key }),
  });
  const cookie = reply.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
  expect((await me(port, { ...ANA, Cookie: cookie }))[1]).toMatchObject({ role: 'admin' });
});

describe('behind nginx with auth_basic', () => {
  function startProxy(upstream: number): Promise<TestNginx> {
    const passwords = join(dir.path, 'passwords');
    // {PLAIN} is nginx's own: the password as it is.
    writeFileSync(passwords, 'ana:{PLAIN}of-the-proxy\n');
    return startNginx(dir.path, upstream, [`auth_basic tmuxy; auth_basic_user_file ${passwords};`]);
  }

  it('[O13] names whom nginx let in; what the outside claims is overwritten', async () => {
    const server = await start();
    const nginx = await startProxy(server.port);
    try {
      const basic = `Basic ${Buffer.from('ana:of-the-proxy').toString('base64')}`;
      const ana = { name: 'ana', role: 'viewer', readOnly: false };
      expect((await me(nginx.port))[0]).toBe(401);
      expect(await me(nginx.port, { Authorization: basic })).toEqual([200, ana]);
      const forged = {
        Authorization: basic,
        'X-Remote-User': ['root', 'admin'],
        'X-Remote-Groups': 'ops',
        X_Remote_User: 'root',
        X_Remote_Groups: 'ops',
      };
      expect(await me(nginx.port, forged)).toEqual([200, ana]);
    } finally {
      await nginx.stop();
    }
  });
});
