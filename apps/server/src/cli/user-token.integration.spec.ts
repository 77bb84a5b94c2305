import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseRecord } from '#audit-log';
import { SignInEntity } from '../storage/entities.js';
import { Store } from '../storage/store.js';
import { runTmuxy } from '../testing/run-tmuxy.js';

const PASSWORD = 'correct horse battery';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tmuxy-cli-'));
  writeFileSync(join(dir, 'password'), `${PASSWORD}\n`);
});

afterEach(() => {
  rmSync(dir, { recursive: true });
});

function tmuxy(...args: readonly string[]): Promise<string> {
  return runTmuxy(join(dir, 'state'), ...args);
}

function addUser(name: string, ...flags: readonly string[]): Promise<string> {
  return tmuxy('user', 'add', name, '--password-file', join(dir, 'password'), ...flags);
}

async function json(...args: readonly string[]): Promise<unknown> {
  return JSON.parse(await tmuxy(...args, '--json'));
}

describe('tmuxy user', () => {
  it('makes, changes, disables and removes users while no server runs', async () => {
    await addUser('ana', '--role', 'operator', '--sessions', 'dev-*, ops', '--read-only');
    await addUser('ben');
    expect(await json('user', 'list')).toEqual([
      expect.objectContaining({
        name: 'ana',
        role: 'operator',
        readOnly: true,
        sessions: ['dev-*', 'ops'],
        disabled: false,
      }),
      expect.objectContaining({ name: 'ben', role: 'viewer', readOnly: false, sessions: null }),
    ]);
    await tmuxy('user', 'set', 'ana', '--no-read-only', '--sessions', '*', '--role', 'admin');
    await tmuxy('user', 'disable', 'ana');
    expect(await json('user', 'list')).toMatchObject([
      { role: 'admin', readOnly: false, sessions: null, disabled: true },
      { name: 'ben' },
    ]);
    await tmuxy('user', 'enable', 'ana');
    await tmuxy('user', 'remove', 'ben');
    expect(await tmuxy('user', 'list')).toMatch(/^NAME +ROLE +SESSIONS\nana +admin +\*\n$/);
  });

  it('keeps passwords as argon2id hashes in a file of its own user', async () => {
    await addUser('ana');
    const file = join(dir, 'state', 'tmuxy.db');
    const bytes = readFileSync(file, 'latin1');
    expect(bytes).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
    expect(bytes).not.toContain(PASSWORD);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['a taken name', ['user', 'add', 'ana'], 'user set ana'],
    ['a name that is none', ['user', 'add', 'a b'], '64 letters'],
    ['a pattern that is none', ['user', 'add', 'cy', '--sessions', 'a:b'], 'dev-*'],
    ['an empty pattern', ['user', 'add', 'cy', '--sessions', 'a,,b'], '--sessions'],
    ['somebody unknown', ['user', 'password', 'cy'], 'user list'],
  ])('refuses %s and says what to do', async (_what, args, said) => {
    await addUser('ana');
    await expect(tmuxy(...args, '--password-file', join(dir, 'password'))).rejects.toThrow(said);
    expect(await json('user', 'list')).toHaveLength(1);
  });

  it('refuses to do nothing, and a password on the command line', async () => {
    await addUser('ana');
    await expect(tmuxy('user', 'set', 'ana')).rejects.toThrow('--role');
    await expect(tmuxy('user', 'add', 'ben', '--password', PASSWORD)).rejects.toThrow(
      'unknown option',
    );
  });

  it('refuses a short password without showing it', async () => {
    writeFileSync(join(dir, 'password'), 's3cret\n');
    const error: unknown = await addUser('ana').catch((reason: unknown) => reason);
    expect(String(error)).toContain('12 to 256');
    expect(String(error)).not.toContain('s3cret');
  });
});

describe('tmuxy token', () => {
  it('makes, lists and revokes tokens while no server runs', async () => {
    const made = (await json('token', 'create', 'ci', '--role', 'viewer')) as { id: string };
    expect(made).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/) as string,
      name: 'ci',
      token: expect.stringMatching(/^tmuxy_[\w-]{43}$/) as string,
    });
    const [row] = (await json('token', 'list')) as { expiresAt: string }[];
    expect(row).toMatchObject({ id: made.id, name: 'ci', role: 'viewer', lastUsedAt: null });
    const days = (Date.parse(row?.expiresAt ?? '') - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(90);
    await tmuxy('token', 'revoke', made.id);
    expect(await json('token', 'list')).toEqual([]);
    await expect(tmuxy('token', 'revoke', made.id)).rejects.toThrow('token list');
  });

  it('makes one for a user, which is gone with the password', async () => {
    await addUser('ana');
    await tmuxy('token', 'create', 'x', '--role', 'admin', '--owner', 'ana', '--expires', 'never');
    expect(await json('token', 'list')).toMatchObject([{ owner: 'ana', expiresAt: null }]);
    const said = await tmuxy('user', 'password', 'ana', '--password-file', join(dir, 'password'));
    expect(said).toContain('1 access tokens');
    expect(await json('token', 'list')).toEqual([]);
  });

  it.each([
    [['--expires', '30d'], '--role'],
    [['--role', 'root'], 'choices'],
    [['--role', 'viewer', '--owner', 'nobody'], 'user list'],
    [['--role', 'viewer', '--expires', 'soon'], '--expires'],
  ])('refuses %j', async (flags, said) => {
    await expect(tmuxy('token', 'create', 'ci', ...flags)).rejects.toThrow(said);
    expect(await json('token', 'list')).toEqual([]);
  });
});

describe('tmuxy sign-in', () => {
  it('lists and ends the sign-ins of a user', async () => {
    await addUser('ana');
    const store = await Store.open({ kind: 'sqlite', file: join(dir, 'state', 'tmuxy.db') });
    const [ana] = (await store.read()).users;
    const signIn = {
      name: 'ana',
      role: 'viewer',
      readOnly: false,
      sessions: '[]',
      method: 'password',
      address: '::1',
      userAgent: 'Browser \u001b]52;c;AAAA\u0007',
      createdAt: 1,
      lastActiveAt: 1,
    } as const;
    await store.change(async (transaction) => {
      for (const [id, account] of [
        ['s1', `user:${ana?.id ?? ''}`],
        ['s2', `user:${ana?.id ?? ''}`],
        ['s3', 'local'],
      ] as const) {
        await transaction.insert(SignInEntity, { ...signIn, id, digest: id, account });
      }
    });
    await store.close();
    expect(await tmuxy('sign-in', 'list')).not.toContain('\u001b');
    await tmuxy('sign-in', 'revoke', '--user', 'ana');
    expect(await json('sign-in', 'list')).toMatchObject([{ id: 's3' }]);
    await tmuxy('sign-in', 'revoke', 's3');
    await expect(tmuxy('sign-in', 'revoke', 's3')).rejects.toThrow('sign-in list');
    await expect(tmuxy('sign-in', 'revoke')).rejects.toThrow('--user');
  });

  it.each([
    ['sign-in', 'no such sign-in'],
    ['token', 'no such token'],
  ])('leaves a record of a %s that could not be ended, which says so', async (kind, why) => {
    await expect(tmuxy(kind, 'revoke', 'nobody')).rejects.toThrow(why);
    const name = '00000000000000000001.jsonl';
    const outcome = readFileSync(join(dir, 'state', 'audit', name), 'utf8')
      .split('\n')
      .map((line) => parseRecord(line))
      .find((record) => record?.action === `${kind}.revoke` && record.outcome !== undefined);
    expect(outcome).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining(why) as string,
    });
  });
});
