import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databasePlaceOf } from './database-place.js';
import { UserEntity } from './entities.js';
import { openDatabase } from './open-database.js';
import { StorageError } from './storage.errors.js';
import { Store } from './store.js';
import { TestPostgres } from '../testing/test-postgres.js';

const ANA = {
  id: 'u1',
  name: 'ana',
  passwordHash: null,
  role: 'operator',
  readOnly: false,
  sessions: '["dev-*"]',
  isDisabled: false,
  createdAt: 1_700_000_000_123,
} as const;

const postgres = TestPostgres.find();
let dir: string;
const open: Store[] = [];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tmuxy-store-'));
});

afterEach(async () => {
  for (const store of open.splice(0)) await store.close();
  rmSync(dir, { recursive: true });
});

async function opened(url?: string): Promise<Store> {
  const store = await Store.open(
    databasePlaceOf({ stateDir: dir, ...(url === undefined ? {} : { databaseUrl: url }) }),
  );
  open.push(store);
  return store;
}

async function failureOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StorageError);
  return error instanceof Error ? error.message : '';
}

describe.each([
  ['SQLite', undefined],
  ['PostgreSQL', postgres],
])('a store in %s', (kind, found) => {
  const isHere = kind === 'SQLite' || found !== undefined;
  // Where no PostgreSQL server is installed there is none to test with.
  const test = isHere ? it : it.skip;
  let server: TestPostgres | undefined;
  let url: string | undefined;

  beforeAll(async () => {
    if (kind === 'PostgreSQL' && found !== undefined) {
      server = await TestPostgres.start(found);
      url = server.url;
    }
  });

  afterAll(() => {
    server?.stop();
  });

  test('keeps what it was given, for another process as well', async () => {
    const [one, two] = [await opened(url), await opened(url)];
    const before = await two.revision();
    await one.change((em) => em.insert(UserEntity, ANA));
    expect(await two.revision()).toBe(before + 1);
    const { users, revision } = await two.read();
    expect(users).toEqual([expect.objectContaining(ANA)]);
    expect(revision).toBe(before + 1);
    await one.change((em) => em.nativeDelete(UserEntity, { id: 'u1' }));
    expect((await two.read()).users).toEqual([]);
  });

  test('changes all or nothing', async () => {
    const store = await opened(url);
    const before = await store.revision();
    await expect(
      store.change(async (em) => {
        await em.insert(UserEntity, ANA);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await store.read()).toMatchObject({ revision: before, users: [] });
  });

  test('says nothing of values when the database refuses them', async () => {
    const store = await opened(url);
    const user = { ...ANA, passwordHash: '$argon2id$s3cret' };
    await store.change((em) => em.insert(UserEntity, user));
    const error: unknown = await store
      .change((em) => em.insert(UserEntity, user))
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'unavailable' });
    expect(JSON.stringify([String(error), (error as Error).cause])).not.toContain('s3cret');
    expect(String((error as Error).cause)).not.toContain('s3cret');
    await store.change((em) => em.nativeDelete(UserEntity, { id: 'u1' }));
  });

  test('loses no change of processes that write at the same time', async () => {
    const stores = [await opened(url), await opened(url), await opened(url)];
    const before = await stores[0]?.revision();
    await Promise.all(
      stores.flatMap((store) =>
        Array.from({ length: 10 }, () => store.change(() => Promise.resolve())),
      ),
    );
    expect(await stores[0]?.revision()).toBe((before ?? 0) + 30);
  });

  test('is made once when several processes start at once', async () => {
    const fresh = url === undefined ? undefined : server?.createDatabase();
    const stores = await Promise.all([1, 2, 3, 4].map(() => opened(fresh)));
    for (const store of stores) expect(await store.revision()).toBe(1);
  });

  test('[N15] is refused when a newer tmuxy made it', async () => {
    const place = databasePlaceOf({
      stateDir: dir,
      ...(url === undefined ? {} : { databaseUrl: server?.createDatabase() ?? '' }),
    });
    const database = await openDatabase(place);
    await database.em
      .getConnection()
      .execute(
        "insert into tmuxy_migration (name, executed_at) values ('9999-later', current_timestamp)",
      );
    await database.close(true);
    expect(await failureOf(Store.open(place))).toContain('newer tmuxy');
  });
});

describe('a SQLite store', () => {
  it("is its owner's alone, with all its files", async () => {
    const store = await opened(`sqlite:${join(dir, 'deep', 'x.db')}`);
    await store.change((em) => em.insert(UserEntity, ANA));
    const names = readdirSync(join(dir, 'deep'));
    expect(names).toEqual(expect.arrayContaining(['x.db', 'x.db-wal']));
    for (const name of names) {
      expect([name, statSync(join(dir, 'deep', name)).mode & 0o777]).toEqual([name, 0o600]);
    }
    expect(statSync(join(dir, 'deep')).mode & 0o777).toBe(0o700);
  });

  it('takes other rights from a file that had them', async () => {
    writeFileSync(join(dir, 'tmuxy.db'), '', { mode: 0o644 });
    await opened();
    expect(statSync(join(dir, 'tmuxy.db')).mode & 0o777).toBe(0o600);
  });

  it('says what to do when the file is none or cannot be written', async () => {
    writeFileSync(join(dir, 'text.db'), 'x'.repeat(10_000));
    writeFileSync(join(dir, 'file'), '');
    for (const file of ['text.db', 'file/x.db']) {
      const message = await failureOf(opened(`sqlite:${join(dir, file)}`));
      expect(message).toContain(join(dir, file));
      expect(message).toContain('--database-url');
    }
  });
});

describe('a PostgreSQL store', () => {
  it('never shows its password', async () => {
    const message = await failureOf(opened('postgresql://me:s3cret@127.0.0.1:1/db'));
    expect(message).toContain('ECONNREFUSED');
    expect(message).not.toMatch(/s3cret|127\.0\.0\.1/);
  });

  it('has its address in a file', async () => {
    const databaseUrlFile = join(dir, 'url');
    writeFileSync(databaseUrlFile, 'postgresql://me:s3cret@127.0.0.1:1/db\n');
    expect(databasePlaceOf({ stateDir: dir, databaseUrlFile })).toEqual({
      kind: 'postgresql',
      url: 'postgresql://me:s3cret@127.0.0.1:1/db',
    });
    writeFileSync(databaseUrlFile, 's3cret');
    expect(() => databasePlaceOf({ stateDir: dir, databaseUrlFile })).toThrow('postgresql://');
    expect(() => databasePlaceOf({ stateDir: dir, databaseUrlFile: join(dir, 'no') })).toThrow(
      'ENOENT',
    );
    await Promise.resolve();
  });
});
