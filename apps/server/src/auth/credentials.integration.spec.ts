import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import type { SignInsView } from '#dto';
import { waitFor } from '#testing';
import { runTmuxy } from '../testing/run-tmuxy.js';
import { ServerUnderTest } from '../testing/server-under-test.js';
import { TestClient } from '../testing/test-client.js';
import { AccessTokenEntity, SignInEntity, UserEntity } from '../storage/entities.js';
import { Store } from '../storage/store.js';
import { newAccessToken } from './access-tokens/new-access-token.js';
import { LOCAL_ACCOUNT } from './accounts.js';
import { CredentialActivity } from './credential-activity.js';
import { CredentialsService } from './credentials/credentials.service.js';
import { FREE_GUESSES } from './passwords/guess-delay.js';
import { hashPassword } from './passwords/password-hash.js';

const PASSWORD = 'correct horse battery';
/** A bound on what is promised within a second, for machines that are busy. */
const SOON = { timeoutMs: 3_000 };

let server: ServerUnderTest;

beforeEach(async () => {
  server = await ServerUnderTest.start();
});

afterEach(async () => {
  await server.stop();
});

/** Runs `tmuxy …` on the server's state, as another process would. @returns what it printed */
async function tmuxy(...args: readonly string[]): Promise<string> {
  const said = await runTmuxy(join(server.tmux.dir, 'state'), ...args);
  await noticed();
  return said;
}

async function addUser(name: string, ...flags: readonly string[]): Promise<void> {
  await tmuxy('user', 'add', name, '--password-file', passwordFile(PASSWORD), ...flags);
}

function passwordFile(password: string): string {
  const file = join(server.tmux.dir, 'password');
  writeFileSync(file, `${password}\n`);
  return file;
}

/** Changes the database as another process would, and waits until the server has read it. */
async function writeElsewhere(work: Parameters<Store['change']>[0]): Promise<void> {
  await writeUnnoticed(work);
  await noticed();
}

async function writeUnnoticed(work: Parameters<Store['change']>[0]): Promise<void> {
  const file = join(server.tmux.dir, 'state', 'tmuxy.db');
  const store = await Store.open({ kind: 'sqlite', file });
  await store.change(work);
  await store.close();
}

/** Waits until the server has read what another process wrote. */
async function noticed(): Promise<void> {
  const { app } = server.running;
  const revision = await app.get(Store).revision();
  await waitFor(() => app.get(CredentialsService).revision >= revision || undefined, {
    what: 'the server to notice a change',
    ...SOON,
  });
}

interface CreatedToken {
  readonly id: string;
  readonly token: string;
}

async function createToken(name: string, ...flags: readonly string[]): Promise<CreatedToken> {
  return JSON.parse(await tmuxy('token', 'create', name, '--json', ...flags)) as CreatedToken;
}

function withToken(token: string): TestClient {
  return TestClient.withToken(server.running.url, token);
}

function withBasic(name: string, password: string): TestClient {
  const pair = Buffer.from(`${name}:${password}`).toString('base64');
  return TestClient.withAuthorization(server.running.url, `Basic ${pair}`);
}

function nobody(): TestClient {
  return new TestClient(server.running.url, {});
}

async function signIn(username: string, password: string): Promise<TestClient> {
  const reply = await nobody().post('api/sign-in', { username, password });
  expect(reply.status).toBe(204);
  const cookie = reply.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
  return new TestClient(server.running.url, cookie);
}

/**
 * Sends a request but for the end of its body, and waits until the guard let it in.
 *
 * @returns sends the rest, and tells the status of the answer
 */
async function heldBack(
  path: string,
  client: TestClient,
  body: object,
): Promise<() => Promise<number | undefined>> {
  const text = JSON.stringify(body);
  const admitted = jest.spyOn(server.running.app.get(CredentialActivity), 'note');
  const sent = request(new URL(path, server.running.url), {
    method: 'POST',
    headers: {
      ...client.credential,
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(text),
    },
  });
  const answered = new Promise<number | undefined>((resolve, reject) => {
    sent.on('response', (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject);
  });
  sent.write(text.slice(0, 2));
  await waitFor(() => admitted.mock.calls.length > 0 || undefined, { what: 'the guard' });
  admitted.mockRestore();
  return () => {
    sent.end(text.slice(2));
    return answered;
  };
}

describe('an access token', () => {
  it('is made by the command line for a server that runs, and says who asks', async () => {
    const made = await createToken('bot', '--role', 'operator');
    expect(Object.keys(made)).toEqual(['id', 'name', 'token']);
    expect(made.token).toMatch(/^tmuxy_[\w-]{43}$/);
    const client = withToken(made.token);
    expect((await client.request('api/me')).body).toEqual({
      name: 'bot',
      role: 'operator',
      readOnly: false,
    });
    const stream = await client.open();
    expect(stream.info.identity).toEqual({ name: 'bot', role: 'operator' });
    stream.close();
  });

  it('counts from the moment in which another process made it', async () => {
    for (let round = 0; round < 5; round++) {
      const { row, token } = newAccessToken({
        account: LOCAL_ACCOUNT,
        name: `now ${round}`,
        role: 'viewer',
        readOnly: false,
        sessions: null,
        expiresInDays: 1,
      });
      await writeUnnoticed((transaction) => transaction.insert(AccessTokenEntity, row));
      expect((await withToken(token).request('api/me')).status).toBe(200);
    }
  });

  it('ends its live streams when another process revokes it', async () => {
    const { id, token } = await createToken('short', '--role', 'viewer');
    const client = withToken(token);
    const stream = await client.open();
    await tmuxy('token', 'revoke', id);
    expect(await stream.next('fatal')).toMatchObject({ code: 'revoked' });
    await waitFor(() => stream.isEnded || undefined, { what: 'the end of the stream' });
    expect((await client.request('api/me')).status).toBe(401);
  });

  it('does nothing more with a request whose body was held back until it was revoked', async () => {
    const { id, token } = await createToken('slow', '--role', 'operator');
    const finish = await heldBack('api/sessions', withToken(token), { name: 'ghost' });
    await tmuxy('token', 'revoke', id);
    expect(await finish()).toBe(401);
    expect(await server.tmux.run('list-sessions', '-F', '#{session_name}')).not.toContain('ghost');
  });

  it('[B3] counts in the header alone', async () => {
    const { token } = await createToken('placed', '--role', 'viewer');
    for (const path of [`api/me?access_token=${token}`, `api/me?token=${token}`]) {
      expect((await nobody().request(path)).status).toBe(401);
    }
    const cookie = new TestClient(server.running.url, `token=${token}`);
    expect((await cookie.request('api/me')).status).toBe(401);
  });

  it('[B9] is stored as a digest only, and so is a sign-in', async () => {
    const { token } = await createToken('stored', '--role', 'viewer');
    const reply = await (await server.client()).request('api/me');
    expect(reply.status).toBe(200);
    for (const name of ['tmuxy.db', 'tmuxy.db-wal']) {
      const bytes = readFileSync(join(server.tmux.dir, 'state', name));
      expect(bytes.includes(token.slice(6))).toBe(false);
    }
  });

  it('never has more rights than its owner, then or later', async () => {
    await addUser('owner', '--role', 'operator', '--sessions', 'main,dev-*');
    const { token } = await createToken('big', '--role', 'admin', '--owner', 'owner');
    const client = withToken(token);
    expect((await client.request('api/me')).body).toMatchObject({
      name: 'owner/big',
      role: 'operator',
    });
    const stream = await client.open();
    await tmuxy('user', 'set', 'owner', '--role', 'viewer');
    expect(await stream.next('fatal')).toMatchObject({ code: 'rights-changed' });
    expect((await client.request('api/me')).body).toMatchObject({ role: 'viewer' });
    await tmuxy('user', 'remove', 'owner');
    expect((await client.request('api/me')).status).toBe(401);
  });

  it('ends its live streams when its time comes', async () => {
    const { id, token } = await createToken('brief', '--role', 'viewer', '--expires', '1d');
    await writeElsewhere((transaction) =>
      transaction.nativeUpdate(AccessTokenEntity, { id }, { expiresAt: Date.now() + 1_500 }),
    );
    const stream = await withToken(token).open();
    expect(await stream.next('fatal')).toMatchObject({ code: 'expired' });
    expect((await withToken(token).request('api/me')).status).toBe(401);
  });

  it('makes no successors and puts nobody out', async () => {
    const { id, token } = await createToken('admin-bot', '--role', 'admin');
    const client = withToken(token);
    for (const reply of [
      await client.post('api/tokens', { name: 'more' }),
      await client.request('api/sign-ins', { method: 'DELETE' }),
      await client.request(`api/tokens/${id}`, { method: 'DELETE' }),
    ]) {
      expect([reply.status, reply.body]).toEqual([
        403,
        expect.objectContaining({ code: 'forbidden' }),
      ]);
    }
  });

  it.each([
    ['wrong', `Bearer tmuxy_${'A'.repeat(43)}`],
    ['empty', 'Bearer '],
    ['of another kind', 'Bearer x'],
    ['endless', `Bearer ${'A'.repeat(10_000)}`],
    ['not even base64', 'Basic ???'],
  ])('[A1] that is %s is refused and no other way is tried', async (_kind, authorization) => {
    const client = TestClient.withAuthorization(server.running.url, authorization);
    const reply = await client.request('api/me');
    expect([reply.status, reply.body]).toEqual([
      401,
      expect.objectContaining({ code: 'unauthenticated' }),
    ]);
  });
});

describe('a user', () => {
  it('signs in on the page, sees their own sign-ins and makes tokens', async () => {
    await addUser('ana', '--role', 'operator');
    const ana = await signIn('ana', PASSWORD);
    expect((await ana.request('api/me')).body).toEqual({
      name: 'ana',
      role: 'operator',
      readOnly: false,
    });
    expect((await ana.request('api/sign-ins')).body).toEqual({
      signIns: [expect.objectContaining({ name: 'ana', method: 'password', current: true })],
    });
    expect((await ana.request('api/sign-ins?all=1')).status).toBe(403);
    expect((await ana.post('api/tokens', { name: 'x', role: 'admin' })).status).toBe(403);
    const made = await ana.post('api/tokens', { name: 'x', role: 'viewer', expiresInDays: null });
    expect([made.status, made.body]).toEqual([
      201,
      expect.objectContaining({ name: 'x', owner: 'ana', role: 'viewer', expiresAt: null }),
    ]);
    const { id, token } = made.body as CreatedToken;
    expect((await withToken(token).request('api/me')).body).toMatchObject({ name: 'ana/x' });
    expect((await ana.request('api/tokens')).body).toMatchObject({ tokens: [{ id }] });
    const ben = await server.clientOf({ name: 'ben', role: 'operator' });
    expect((await ben.request(`api/tokens/${id}`, { method: 'DELETE' })).status).toBe(404);
    expect((await ana.request(`api/tokens/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await withToken(token).request('api/me')).status).toBe(401);
  });

  it('is offered a password on the page from the moment in which another process added them', async () => {
    expect((await nobody().request('api/sign-in')).body).toMatchObject({ password: false });
    const user = { id: 'u1', name: 'ana', passwordHash: await hashPassword(PASSWORD) } as const;
    const rights = { role: 'viewer', readOnly: false, sessions: null, isDisabled: false } as const;
    await writeUnnoticed((transaction) =>
      transaction.insert(UserEntity, { ...user, ...rights, createdAt: Date.now() }),
    );
    expect((await nobody().request('api/sign-in')).body).toMatchObject({ password: true });
  });

  it('goes on with other rights when these change, and is out with another password', async () => {
    await addUser('cleo', '--role', 'operator');
    const cleo = await signIn('cleo', PASSWORD);
    const basic = withBasic('cleo', PASSWORD);
    const streams = [await cleo.open(), await basic.open()];
    await tmuxy('user', 'set', 'cleo', '--read-only');
    for (const stream of streams) {
      expect(await stream.next('fatal')).toMatchObject({ code: 'rights-changed' });
    }
    for (const client of [cleo, basic]) {
      expect((await client.request('api/me')).body).toMatchObject({ readOnly: true });
    }
    const again = [await cleo.open(), await basic.open()];
    await tmuxy('user', 'password', 'cleo', '--password-file', passwordFile('another pass phrase'));
    for (const stream of again) {
      expect(await stream.next('fatal')).toMatchObject({ code: 'revoked' });
    }
    for (const client of [cleo, basic]) {
      expect((await client.request('api/me')).status).toBe(401);
    }
    await signIn('cleo', 'another pass phrase');
  });

  it('makes no token by a request that was held back until the password changed', async () => {
    await addUser('ana', '--role', 'operator');
    const ana = await signIn('ana', PASSWORD);
    const finish = await heldBack('api/tokens', ana, { name: 'successor' });
    await tmuxy('user', 'password', 'ana', '--password-file', passwordFile('another password'));
    expect(await finish()).toBe(401);
    expect(await tmuxy('token', 'list')).not.toContain('successor');
  });

  it('does nothing by rights that were taken while the request arrived', async () => {
    await addUser('ana', '--role', 'operator');
    const ana = await signIn('ana', PASSWORD);
    const finish = await heldBack('api/sessions', ana, { name: 'ghost' });
    await tmuxy('user', 'set', 'ana', '--role', 'viewer');
    expect(await finish()).toBe(503);
    expect(await server.tmux.run('list-sessions', '-F', '#{session_name}')).not.toContain('ghost');
  });

  it('is out when disabled', async () => {
    await addUser('dora');
    const basic = withBasic('dora', PASSWORD);
    const stream = await basic.open();
    await tmuxy('user', 'disable', 'dora');
    expect(await stream.next('fatal')).toMatchObject({ code: 'revoked' });
    expect((await basic.request('api/me')).status).toBe(401);
    expect(
      (await nobody().post('api/sign-in', { username: 'dora', password: PASSWORD })).status,
    ).toBe(401);
  });

  it('[A7] has one password however it is typed, none with NUL or half a character', async () => {
    await tmuxy('user', 'add', 'zoë', '--password-file', passwordFile('pa\u0301ssword long'));
    await signIn('zoe\u0308', 'pa\u0301ssword long');
    for (const password of [
      'p\u00e1ssword long\0',
      'p\u00e1ssword lon',
      'p\u00e1ssword long\ud800',
    ]) {
      const reply = await nobody().post('api/sign-in', { username: 'zoë', password });
      expect([401, 400]).toContain(reply.status);
    }
    await expect(
      tmuxy('user', 'add', 'nul', '--password-file', passwordFile('long enough\0 password')),
    ).rejects.toThrow('12 to 256');
  });

  it('[A5] that is unknown is answered like one with another password', async () => {
    await addUser('eve');
    const replies = [
      await nobody().post('api/sign-in', { username: 'eve', password: 'wrong' }),
      await nobody().post('api/sign-in', { username: 'unknown', password: 'wrong' }),
    ].map(({ status, body }) => [status, { ...(body as object), correlationId: '' }]);
    expect(replies[0]).toEqual(replies[1]);
  });

  it('[J13] is not locked out by guesses, and stays in where they are', async () => {
    await addUser('victim');
    const victim = await signIn('victim', PASSWORD);
    const wrong = withBasic('victim', 'a wrong password');
    const statuses: number[] = [];
    for (let i = 0; i <= FREE_GUESSES; i++) statuses.push((await wrong.request('api/me')).status);
    expect(statuses).toEqual([...Array.from({ length: FREE_GUESSES }, () => 401), 429]);
    expect((await wrong.request('api/me')).headers.get('retry-after')).toMatch(/^\d+$/);
    expect((await victim.request('api/me')).status).toBe(200);
  });

  it('is asked for by browsers only when their own header was wrong', async () => {
    expect((await nobody().request('api/me')).headers.get('www-authenticate')).toBeNull();
    const reply = await withBasic('nobody-here', 'x').request('api/me');
    expect([reply.status, reply.headers.get('www-authenticate')]).toEqual([
      401,
      'Basic realm="tmuxy", charset="UTF-8"',
    ]);
  });

  it.each([
    [{ key: 'x', username: 'a', password: 'b' }],
    [{ username: 'a' }],
    [{ password: 'b' }],
    [{ username: ['a'], password: 'b' }],
    [{ username: 'a', password: '' }],
    [{}],
  ])('signs in with a key, or a name and a password: %j is neither', async (body) => {
    const reply = await nobody().post('api/sign-in', body);
    expect([reply.status, reply.body]).toEqual([
      400,
      expect.objectContaining({ code: 'invalid-request' }),
    ]);
  });
});

describe('a sign-in', () => {
  it('[A11] that signed out is worth nothing, and its streams end', async () => {
    const client = await server.client();
    const stream = await client.open();
    expect((await client.request('api/sign-out', { method: 'POST' })).status).toBe(204);
    expect(await stream.next('fatal')).toMatchObject({ code: 'signed-out' });
    expect((await client.request('api/me')).status).toBe(401);
    expect((await client.request('events?session=main')).status).toBe(401);
  });

  it('ends everywhere at once, for nobody else', async () => {
    const [one, two, other] = [
      await server.clientOf({ name: 'fay' }),
      await server.clientOf({ name: 'fay' }),
      await server.clientOf({ name: 'gus' }),
    ];
    const stream = await two.open();
    expect((await one.request('api/sign-ins', { method: 'DELETE' })).status).toBe(204);
    expect(await stream.next('fatal')).toMatchObject({ code: 'signed-out' });
    expect((await one.request('api/me')).status).toBe(401);
    expect((await other.request('api/me')).status).toBe(200);
  });

  it('is listed and ended for others by admins alone', async () => {
    const [admin, hal] = [await server.client(), await server.clientOf({ name: 'hal' })];
    const own = (await hal.request('api/sign-ins')).body as { signIns: { id: string }[] };
    const id = own.signIns[0]?.id ?? '';
    const ida = await server.clientOf({ name: 'ida' });
    expect((await ida.request(`api/sign-ins/${id}`, { method: 'DELETE' })).status).toBe(404);
    const all = (await admin.request('api/sign-ins?all=1')).body as { signIns: { id: string }[] };
    expect(all.signIns.map((row) => row.id)).toContain(id);
    const stream = await hal.open();
    expect((await admin.request(`api/sign-ins/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect(await stream.next('fatal')).toMatchObject({ code: 'revoked' });
  });

  it.each([
    ['idle for too long, a stream being nothing done', 'lastActiveAt', 30 * 60_000],
    ['as old as one may be', 'createdAt', 12 * 3_600_000],
  ] as const)('[A13] ends with its streams when it is %s', async (_kind, column, longestMs) => {
    const client = await server.clientOf({ name: 'jo' });
    await writeElsewhere((transaction) =>
      transaction.nativeUpdate(
        SignInEntity,
        { name: 'jo' },
        { [column]: Date.now() - longestMs + 1_500 },
      ),
    );
    const stream = await client.open();
    expect(await stream.next('fatal')).toMatchObject({ code: 'expired' });
    expect((await client.request('api/me')).status).toBe(401);
  });

  it('[A13] goes on while something is done with it', async () => {
    const client = await server.clientOf({ name: 'kim' });
    const { app } = server.running;
    await writeElsewhere((transaction) =>
      transaction.nativeUpdate(
        SignInEntity,
        { name: 'kim' },
        { lastActiveAt: Date.now() - 29 * 60_000 },
      ),
    );
    const endsAt = async (): Promise<number> => {
      const { body } = await client.request('api/sign-ins');
      return Date.parse((body as SignInsView).signIns[0]?.expiresAt ?? '');
    };
    expect(await endsAt()).toBeGreaterThan(Date.now() + 29 * 60_000);
    // Written when the server stops, at the latest.
    await app.close();
    server = ServerUnderTest.of(server.tmux, await ServerUnderTest.serve(server.tmux));
    const [row] = (await server.running.app.get(Store).read()).signIns;
    expect(row?.lastActiveAt).toBeGreaterThan(Date.now() - 60_000);
  });

  it('[B5] is not lent by a session token', async () => {
    const [ana, ben] = [await server.client(), await server.clientOf({ name: 'ben' })];
    const stream = await ana.open();
    const reply = await ben.command(stream, 'take-driver', {});
    expect(reply.status).toBe(401);
    stream.close();
  });
});

describe('a server', () => {
  it('[B7] that restarts knows sign-ins and tokens, but no session tokens', async () => {
    const { token } = await createToken('lasting', '--role', 'operator');
    const client = withToken(token);
    const stream = await client.open();
    const { tmux } = server;
    const port = String(server.running.port);
    await server.running.app.close();
    server = ServerUnderTest.of(tmux, await ServerUnderTest.serve(tmux, { port }));
    expect((await client.request('api/me')).status).toBe(200);
    expect((await client.command(stream, 'take-driver', {})).body).toMatchObject({
      code: 'session-token-invalid',
    });
  });
});
