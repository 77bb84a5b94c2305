import { EventEmitter } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import type { AuditEntry } from '#audit-log';
import type { AuditSyncMode } from '../../config/audit-section.js';
import { AuditWriteError } from '../audit.errors.js';
import { SERVER } from '../who.js';
import type { AuditLog, AuditLogStatus, Durability } from './audit-log.js';
import { BatchQueue, type Waiting } from './batch-queue.js';
import type { Checkpointer } from './checkpointer.js';
import type { LogLock } from './log-lock.js';
import type { LogTail } from './log-tail.js';
import type { Pruner } from './pruner.js';
import type { SpaceWatch } from './space-watch.js';
import { SyncGroup } from './sync-group.js';
import { writeFailure } from './write-failure.js';

/** How often a log that fails is tried, unless somebody says otherwise. */
export const RETRY_MS = 1_000;
/** How long the disk may take: whoever asks for something hears within two seconds that it cannot be recorded. */
export const SYNC_WAIT_MS = 1_800;
/** Records of the log itself that wait for the next batch; past it the newest are left out. */
const OWN_MAX = 100;

export interface AuditLogParts {
  readonly lock: LogLock;
  readonly tail: LogTail;
  readonly space: SpaceWatch;
  readonly checkpointer: Checkpointer;
  readonly pruner: Pruner;
  readonly sync: AuditSyncMode;
  readonly publicKey: string;
  /** How often a log that fails is tried. */
  readonly retryMs: number;
  /** How long the disk may take. */
  readonly syncWaitMs: number;
  /** ISO 8601 of now. */
  readonly now: () => string;
}

/** Writes what waits in batches: one lock and one write for all that came in the meantime. */
export class SegmentedAuditLog implements AuditLog {
  readonly #parts: AuditLogParts;
  readonly #queue = new BatchQueue();
  readonly #synced: SyncGroup;
  readonly #events = new EventEmitter<{ state: [AuditLogStatus]; appended: [] }>();
  /** What the log has to say itself, written before the next entry. */
  #own: AuditEntry[] = [];
  #pumping: Promise<void> | undefined;
  #failure: AuditWriteError | undefined;
  #triedAt = 0;
  #retry: NodeJS.Timeout | undefined;
  /** Entries refused since it fails. */
  #refused = 0;
  #isClosed = false;

  constructor(parts: AuditLogParts) {
    this.#parts = parts;
    this.#synced = new SyncGroup(() => parts.tail.sync(), parts.syncWaitMs);
    this.#events.setMaxListeners(0);
  }

  get status(): AuditLogStatus {
    return {
      state: this.#failure === undefined ? 'recording' : 'failing',
      reason: this.#failure?.message ?? null,
      size: this.#parts.tail.size,
      checkpoint: this.#parts.checkpointer.last,
      publicKey: this.#parts.publicKey,
    };
  }

  append(entry: AuditEntry, until: Durability): Promise<number> {
    if (this.#isClosed) return Promise.reject(new AuditWriteError('the audit log is closed'));
    if (this.#failure !== undefined && performance.now() - this.#triedAt < this.#parts.retryMs) {
      this.#refused += 1;
      return Promise.reject(new AuditWriteError(this.#failure.message, { cause: this.#failure }));
    }
    return this.#enqueue(entry, until);
  }

  /** Records something of the log itself with the next batch, which it brings about. */
  tell(entry: AuditEntry): void {
    if (this.#own.length < OWN_MAX) this.#own.push(entry);
    if (!this.#isClosed && this.#failure === undefined) this.#pump();
  }

  /** Resolves when what waits now was written, or could not be. */
  async settled(): Promise<void> {
    await this.#pumping;
  }

  /** Resolves when all that was appended before is on the disk. */
  sync(): Promise<void> {
    return this.#synced.wait();
  }

  onStateChange(listener: (status: AuditLogStatus) => void): () => void {
    this.#events.on('state', listener);
    return () => this.#events.off('state', listener);
  }

  onAppended(listener: () => void): () => void {
    this.#events.on('appended', listener);
    return () => this.#events.off('appended', listener);
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearTimeout(this.#retry);
    this.#parts.pruner.close();
    const closed = this.#enqueue({ action: 'log.closed', ...SERVER }, 'synced');
    // Whether it could be written or not, this is the end.
    await Promise.allSettled([closed]);
    await this.#pumping;
    await this.#parts.checkpointer.close(this.#failure === undefined);
    this.#parts.tail.close();
    this.#parts.lock.close();
  }

  #enqueue(entry: AuditEntry, until: Durability): Promise<number> {
    if (this.#queue.isFull) {
      return Promise.reject(
        new AuditWriteError(`${this.#queue.length} records wait already to be written`),
      );
    }
    return new Promise((resolve, reject) => {
      this.#queue.add({ entry, until, resolve, reject });
      this.#pump();
    });
  }

  #pump(): void {
    this.#pumping ??= this.#writeAll();
  }

  async #writeAll(): Promise<void> {
    do {
      // Those who ask in the same moment get into one batch.
      await turn();
      let taken: readonly Waiting[] = [];
      try {
        await this.#probe();
        const first = await this.#parts.lock.hold(() => {
          taken = this.#queue.take(this.#parts.sync === 'each' ? 1 : undefined);
          return this.#write(taken.map(({ entry }) => entry));
        });
        await this.#settle(taken, first);
      } catch (error) {
        this.#fail(writeFailure(error), taken);
      }
    } while (this.#queue.length > 0 || (this.#own.length > 0 && this.#failure === undefined));
    // Here and not when it settles: what is added in between would wait for ever.
    this.#pumping = undefined;
  }

  /** A disk that did not take what it has gets nothing more before it does. */
  async #probe(): Promise<void> {
    if (this.#failure !== undefined && this.#parts.sync !== 'never') await this.#synced.wait();
  }

  /** @returns the `seq` of the first of `entries`, after what the log had to say itself */
  #write(entries: readonly AuditEntry[]): number {
    const { tail } = this.#parts;
    const found = tail.catchUp();
    // What was found is done and cannot be found again: it stays until it is written.
    this.#own.push(...found);
    const warning = this.#parts.space.check();
    if (warning !== undefined) this.#own.push(warning);
    const own = [...this.#own, ...this.#resumed(), ...this.#clockSetBack()];
    const first = tail.append([...own, ...entries]);
    this.#own = [];
    return first + own.length;
  }

  async #settle(taken: readonly Waiting[], first: number): Promise<void> {
    this.#events.emit('appended');
    this.#parts.checkpointer.grown();
    const { sync } = this.#parts;
    // After a failure nothing is believed before it is on the disk.
    const mustWait = sync === 'each' || (this.#failure !== undefined && sync !== 'never');
    if (mustWait) await this.#synced.wait();
    if (this.#failure !== undefined) this.#recover();
    const isSynced = mustWait || sync === 'never';
    const [now, later] = partition(taken, first, isSynced);
    for (const { waiting, seq } of now) waiting.resolve(seq);
    if (later.length === 0) return;
    // The next batch is written while the disk works.
    void this.#synced.wait().then(
      () => {
        for (const { waiting, seq } of later) waiting.resolve(seq);
      },
      (error: unknown) => {
        this.#fail(
          writeFailure(error),
          later.map(({ waiting }) => waiting),
        );
      },
    );
  }

  #fail(failure: AuditWriteError, taken: readonly Waiting[]): void {
    const wasFailing = this.#failure !== undefined;
    this.#failure = failure;
    this.#triedAt = performance.now();
    this.#refused += taken.length + this.#queue.length;
    for (const { reject } of taken) reject(failure);
    this.#queue.rejectAll(failure);
    if (!wasFailing) this.#events.emit('state', this.status);
    if (this.#isClosed) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#pump(), this.#parts.retryMs).unref();
  }

  #recover(): void {
    this.#failure = undefined;
    this.#refused = 0;
    clearTimeout(this.#retry);
    this.#events.emit('state', this.status);
  }

  #resumed(): readonly AuditEntry[] {
    if (this.#failure === undefined) return [];
    return [
      {
        action: 'log.resumed',
        ...SERVER,
        params: { refused: this.#refused },
        reason: this.#failure.message,
      },
    ];
  }

  #clockSetBack(): readonly AuditEntry[] {
    const { lastTs } = this.#parts.tail;
    const now = this.#parts.now();
    if (lastTs <= now) return [];
    return [{ action: 'log.clock', ...SERVER, params: { last: lastTs, now } }];
  }
}

interface Placed {
  readonly waiting: Waiting;
  readonly seq: number;
}

/** Who has what they wait for, and who waits for the disk. */
function partition(
  taken: readonly Waiting[],
  first: number,
  isSynced: boolean,
): readonly [readonly Placed[], readonly Placed[]] {
  const placed = taken.map((waiting, index) => ({ waiting, seq: first + index }));
  const isDone = ({ waiting }: Placed): boolean => isSynced || waiting.until === 'written';
  return [placed.filter(isDone), placed.filter((one) => !isDone(one))];
}
