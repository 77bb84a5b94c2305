import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { Migrator } from '@mikro-orm/migrations';
import {
  defineConfig,
  MikroORM,
  NodeSqliteDialect,
  type Options,
  SqliteDriver,
} from '@mikro-orm/sql';
import type { DatabasePlace } from './database-place.js';
import { ENTITIES } from './entities.js';
import { failureCodeOf } from './failure-code.js';
import { MIGRATIONS } from './migrations.js';
import { StorageError } from './storage.errors.js';

export type Database = MikroORM;

/** How long SQLite waits for another process; it blocks this one meanwhile, so `Store` waits itself. */
const BUSY_TIMEOUT_MS = 50;
/** For PostgreSQL to answer a new connection. */
const CONNECT_TIMEOUT_MS = 5_000;
/** Two processes that bring the same database up to date: the later one finds it done when it looks again. */
const MIGRATION_ATTEMPTS = 20;
const MIGRATION_PAUSE_MS = 100;

/**
 * Opens the database, makes it where there is none, and brings its tables up to date.
 *
 * @throws StorageError that says what to do
 */
export async function openDatabase(place: DatabasePlace): Promise<Database> {
  let orm: Database | undefined;
  try {
    if (place.kind === 'sqlite') preparePrivateFile(place.file);
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- MikroORM declares its result so
    orm = await MikroORM.init(await optionsOf(place));
    if (place.kind === 'sqlite') {
      const connection = orm.em.getConnection();
      await connection.execute(`pragma busy_timeout = ${String(BUSY_TIMEOUT_MS)}`);
      await connection.execute('pragma journal_mode = wal');
    }
    await migrate(orm);
    return orm;
  } catch (error) {
    await orm?.close(true);
    throw error instanceof StorageError ? error : unusable(place, error);
  }
}

/** SQLite gives its -wal and -shm files the mode of this one. */
function preparePrivateFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
}

async function optionsOf(place: DatabasePlace): Promise<Options> {
  const common = {
    entities: [...ENTITIES],
    extensions: [Migrator],
    migrations: { migrationsList: [...MIGRATIONS], tableName: 'tmuxy_migration', snapshot: false },
    // Statements and addresses are nobody's to read; what fails is told by us.
    debug: false,
    logger: () => undefined,
  };
  if (place.kind === 'sqlite') {
    return defineConfig({
      ...common,
      driver: SqliteDriver,
      dbName: place.file,
      driverOptions: new NodeSqliteDialect(place.file),
    });
  }
  const { PostgreSqlDriver } = await import('@mikro-orm/postgresql');
  return defineConfig({
    ...common,
    driver: PostgreSqlDriver,
    clientUrl: place.url,
    driverOptions: { connectionTimeoutMillis: CONNECT_TIMEOUT_MS },
  });
}

async function migrate(orm: Database): Promise<void> {
  const { migrator } = orm;
  for (let attempt = 1; ; attempt++) {
    try {
      await migrator.up();
      break;
    } catch (error) {
      if (attempt === MIGRATION_ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, MIGRATION_PAUSE_MS));
    }
  }
  const known = new Set<string>(MIGRATIONS.map(({ name }) => name));
  if ((await migrator.getExecuted()).some(({ name }) => !known.has(name))) {
    throw new StorageError(
      'The database was made by a newer tmuxy. Run that version, or restore the backup from before it.',
    );
  }
}

/** Drivers put addresses, users and statements into their messages: only their codes are passed on. */
function unusable(place: DatabasePlace, error: unknown): StorageError {
  const code = failureCodeOf(error);
  return new StorageError(
    place.kind === 'sqlite'
      ? `The database ${place.file} cannot be used (${code}). It must be a SQLite file that the user tmuxy runs as may write, in a directory it may write; give another with --state-dir or --database-url.`
      : `The PostgreSQL database cannot be used (${code}). Check databaseUrl: host, port, name and password, and that its user may create tables there.`,
  );
}
