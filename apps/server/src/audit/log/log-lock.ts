import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from '../../config/error-code.js';
import type { FileLook, LogFiles } from './log-files.js';

/** How long to wait for other processes that write; each holds the lock for well under a millisecond. */
const WAIT_MS = 10_000;
const RETRY_MS = 2;
/** Result code of SQLite: somebody else holds it. */
const SQLITE_BUSY = 5;

/** Another process holds the log, longer than writing could take. */
export class LogLockedError extends Error {
  override readonly name = 'LogLockedError';
}

/**
 * Lets one process at a time write to a log. It is an exclusive lock of SQLite on an empty file: Node has no other
 * one that the kernel lets go with the process, however that ends. Within a process SQLite keeps its users apart too.
 */
export class LogLock {
  readonly #files: LogFiles;
  readonly #path: string;
  #open: { readonly database: DatabaseSync; readonly look: FileLook } | undefined;

  constructor(files: LogFiles, dir: string) {
    this.#files = files;
    this.#path = join(dir, 'lock');
  }

  /**
   * Runs `work` while nobody else writes. It does not wait for anything, so that a process that is stopped holds no lock.
   *
   * @throws LogLockedError, and what `work` throws
   */
  async hold<T>(work: () => T): Promise<T> {
    const deadline = performance.now() + WAIT_MS;
    for (;;) {
      const database = this.#tryLock();
      if (database !== undefined) {
        try {
          return work();
        } finally {
          database.exec('ROLLBACK');
        }
      }
      if (performance.now() > deadline) {
        throw new LogLockedError('another process holds it');
      }
      // Not in step with the others that wait.
      await sleep(RETRY_MS * (0.5 + Math.random()));
    }
  }

  close(): void {
    this.#open?.database.close();
    this.#open = undefined;
  }

  /** @returns undefined when somebody else holds it, which its settings may tell already */
  #tryLock(): DatabaseSync | undefined {
    try {
      const database = this.#database();
      database.exec('BEGIN EXCLUSIVE');
      return database;
    } catch (error) {
      if (isBusy(error)) return undefined;
      throw error;
    }
  }

  /** Whoever deletes the file must not give two writers a lock each. */
  #database(): DatabaseSync {
    const look = this.#files.look(this.#path);
    const open = this.#open;
    if (open !== undefined && isSame(open.look, look)) {
      return open.database;
    }
    this.close();
    if (look === undefined) this.#create();
    const now = this.#files.look(this.#path);
    if (now?.isFile !== true) throw new Error('its lock is no file');
    const database = new DatabaseSync(this.#path, { timeout: 0 });
    try {
      // There is nothing in it to be rolled back: a journal on the disk would cost more than the record itself.
      database.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF');
    } catch (error) {
      database.close();
      throw error;
    }
    this.#open = { database, look: now };
    return database;
  }

  /** Made before SQLite would, so that only its owner can open it. */
  #create(): void {
    try {
      this.#files.close(this.#files.create(this.#path));
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }
}

/** Extended result codes hold the plain one in their lowest byte. */
function isBusy(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('errcode' in error)) return false;
  return typeof error.errcode === 'number' && (error.errcode & 0xff) === SQLITE_BUSY;
}

const isSame = (a: FileLook, b: FileLook | undefined): boolean =>
  a.ino === b?.ino && a.dev === b.dev;
