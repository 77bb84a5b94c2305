import { setTimeout } from 'node:timers/promises';
import { DriverException } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { UnavailableError } from '../http/app-error.js';
import type { DatabasePlace } from './database-place.js';
import {
  AccessTokenEntity,
  type AccessTokenRow,
  RevisionEntity,
  SignInEntity,
  type SignInRow,
  UserEntity,
  type UserRow,
} from './entities.js';
import { failureCodeOf } from './failure-code.js';
import { type Database, openDatabase } from './open-database.js';

/** Everything the database holds, as of one revision or a later one. */
export interface StoreContent {
  readonly revision: number;
  readonly users: readonly Readonly<UserRow>[];
  readonly tokens: readonly Readonly<AccessTokenRow>[];
  readonly signIns: readonly Readonly<SignInRow>[];
}

/** Reads and changes within one transaction. */
export type StoreTransaction = SqlEntityManager;

const REVISION_ROW = 1;
/** How long to wait for another process that writes. SQLite's own waiting would stop this process meanwhile. */
const LOCK_WAIT_MS = 5_000;
const LOCK_PAUSE_MS = 10;

/** Users, access tokens and sign-ins, on the disk. Whoever opens it closes it. */
export class Store {
  readonly #database: Database;

  private constructor(database: Database) {
    this.#database = database;
  }

  /** @throws StorageError that says what to do */
  static async open(place: DatabasePlace): Promise<Store> {
    return new Store(await openDatabase(place));
  }

  /** The number that every change increments, whoever makes it. */
  async revision(): Promise<number> {
    return await guarded(async () => {
      const row = await this.#fork().findOneOrFail(RevisionEntity, REVISION_ROW);
      return row.value;
    });
  }

  async read(): Promise<StoreContent> {
    // First: what changes while the rest is read is then read again.
    const revision = await this.revision();
    return await guarded(async () => {
      const em = this.#fork();
      return {
        revision,
        users: await em.find(UserEntity, {}, { orderBy: { name: 'asc' } }),
        tokens: await em.find(AccessTokenEntity, {}, { orderBy: { createdAt: 'asc', id: 'asc' } }),
        signIns: await em.find(SignInEntity, {}, { orderBy: { createdAt: 'asc', id: 'asc' } }),
      };
    });
  }

  /**
   * Runs `work` in one transaction that other processes notice; nothing is changed when it throws.
   *
   * @throws UnavailableError when the database fails; what `work` throws of ours as it is
   */
  async change<T>(work: (transaction: StoreTransaction) => Promise<T>): Promise<T> {
    return await guarded(async () => {
      for (const until = Date.now() + LOCK_WAIT_MS; ;) {
        const attempt = { hasLock: false };
        try {
          return await this.#attempt(work, attempt);
        } catch (error) {
          if (attempt.hasLock || !isLocked(error) || Date.now() > until) throw error;
          await setTimeout(LOCK_PAUSE_MS);
        }
      }
    });
  }

  async #attempt<T>(
    work: (transaction: StoreTransaction) => Promise<T>,
    attempt: { hasLock: boolean },
  ): Promise<T> {
    return await this.#fork().transactional(async (em) => {
      // First: it takes the lock for writing, so nobody changes what `work` reads.
      await em.execute('update tmuxy_revision set value = value + 1 where id = 1');
      attempt.hasLock = true;
      return await work(em);
    });
  }

  /** Writes when sign-ins and tokens were last used. No change of rights, so nobody has to notice. */
  async touch(
    lastActive: ReadonlyMap<string, number>,
    lastUsed: ReadonlyMap<string, number>,
  ): Promise<void> {
    await guarded(async () => {
      const em = this.#fork();
      for (const [id, lastActiveAt] of lastActive) {
        await em.nativeUpdate(SignInEntity, { id }, { lastActiveAt });
      }
      for (const [id, lastUsedAt] of lastUsed) {
        await em.nativeUpdate(AccessTokenEntity, { id }, { lastUsedAt });
      }
    });
  }

  /** Takes away what ran out, by times in milliseconds since 1970; like `touch`, nobody has to notice. */
  async deleteOld(limits: {
    readonly tokensExpiredBefore: number;
    readonly signInsMadeBefore: number;
    readonly signInsIdleSince: number;
  }): Promise<void> {
    await guarded(async () => {
      const em = this.#fork();
      await em.nativeDelete(AccessTokenEntity, { expiresAt: { $lt: limits.tokensExpiredBefore } });
      await em.nativeDelete(SignInEntity, {
        $or: [
          { createdAt: { $lt: limits.signInsMadeBefore } },
          { lastActiveAt: { $lt: limits.signInsIdleSince } },
        ],
      });
    });
  }

  async close(): Promise<void> {
    await this.#database.close(true);
  }

  #fork(): SqlEntityManager {
    return this.#database.em.fork();
  }
}

/**
 * Drivers' errors quote statements, hashes among them, and would be logged: callers get the code only.
 *
 * @throws UnavailableError
 */
async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DriverException)) throw error;
    throw new UnavailableError('The database does not answer as it should. Try again.', {
      cause: new Error(`database error ${failureCodeOf(error)}`),
    });
  }
}

/** SQLITE_BUSY (https://www.sqlite.org/rescode.html), the snapshot kind of it too. */
function isLocked(error: unknown): boolean {
  return /^SQLite (?:5|517)$/.test(failureCodeOf(error));
}
