import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { TmuxyConfig } from '../../config/config.js';
import { Store, type StoreContent, type StoreTransaction } from '../../storage/store.js';
import { CredentialEvents, type CredentialEndReason } from '../credential-events.js';
import { endedBetween } from './credential-ends.js';
import {
  type CredentialIndex,
  indexOf,
  NO_CREDENTIALS,
  nextEndAt,
  signInEndsAt,
  type SignInLifetimes,
} from './credential-index.js';
import { deleteExpired } from './expired-credentials.js';
import { SteadyClock } from './steady-clock.js';

/** How often other processes' changes are looked for: half of the second within which they hold. */
export const POLL_MS = 500;
/** How often uses are written. */
const FLUSH_MS = 60_000;
/** The longest a timer can wait (2^31 - 1); past it Node would not wait at all. */
const TIMER_MAX_MS = 2_147_483_647;

/**
 * The credentials of the database, in memory: a key press must not wait for a disk. Changes go through
 * to the database first; what other processes change is read within {@link POLL_MS}. Whatever ends by
 * either, or by time, is told to {@link CredentialEvents}.
 */
@Injectable()
export class CredentialsService implements OnModuleInit, OnModuleDestroy {
  readonly #logger = new Logger(CredentialsService.name);
  readonly #store: Store;
  readonly #events: CredentialEvents;
  readonly lifetimes: SignInLifetimes;
  readonly #clock = new SteadyClock();
  #content: StoreContent = { revision: 0, users: [], tokens: [], signIns: [] };
  #index: CredentialIndex = NO_CREDENTIALS;
  /** By credential; those since the last flush are in `#unsaved` too. */
  readonly #uses = new Map<string, number>();
  readonly #unsaved = new Set<string>();
  readonly #reasons = new Map<string, CredentialEndReason>();
  readonly #listeners = new Set<() => void>();
  #reading: Promise<void> = Promise.resolve();
  #polling: Promise<void> | undefined;
  #isFailing = false;
  #poll: NodeJS.Timeout | undefined;
  #flush: NodeJS.Timeout | undefined;
  #deadline: NodeJS.Timeout | undefined;

  constructor(store: Store, config: TmuxyConfig, events: CredentialEvents) {
    this.#store = store;
    this.#events = events;
    this.lifetimes = {
      idleMs: config.signInIdleMinutes * 60_000,
      longestMs: config.signInHours * 3_600_000,
    };
  }

  /** Of the database, as last read. */
  get revision(): number {
    return this.#content.revision;
  }

  get index(): CredentialIndex {
    return this.#index;
  }

  /** When each credential was used by {@link SteadyClock}, as far as it is newer than what is stored. */
  get uses(): ReadonlyMap<string, number> {
    return this.#uses;
  }

  async onModuleInit(): Promise<void> {
    await this.#read();
    this.#poll = setInterval(() => void this.#pollOnce(), POLL_MS).unref();
    this.#flush = setInterval(() => void this.#flushUses(), FLUSH_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.#poll);
    clearInterval(this.#flush);
    clearTimeout(this.#deadline);
    await this.#reading;
    await this.#flushUses();
    clearTimeout(this.#deadline);
  }

  /** @returns a function that stops it */
  onChanged(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Changes the database. What the change ends has been told when this returns, by default as `revoked`.
   *
   * @param reasons why credentials end that the change takes away
   * @throws UnavailableError when the database fails; nothing is changed then
   */
  async change<T>(
    work: (transaction: StoreTransaction) => Promise<T>,
    reasons: ReadonlyMap<string, CredentialEndReason> = new Map(),
  ): Promise<T> {
    for (const [id, reason] of reasons) this.#reasons.set(id, reason);
    try {
      const result = await this.#store.change(work);
      await this.#read();
      return result;
    } finally {
      for (const id of reasons.keys()) this.#reasons.delete(id);
    }
  }

  /**
   * Reads what other processes changed now and not at the next poll: who made a token or a user with
   * `tmuxy` uses it in the next moment. A database that is away changes nothing; the poll tells of it.
   */
  async refresh(): Promise<void> {
    // One that is under way may have looked before the change.
    await this.#polling;
    await this.#pollOnce();
  }

  /** Whether that time has come, by a clock that nobody sets. */
  isPast(time: number): boolean {
    return time <= this.#clock.now();
  }

  /** Something was done with a credential now. */
  use(credentialId: string): void {
    if (!/^(?:sign-in|token):/.test(credentialId)) return;
    this.#uses.set(credentialId, this.#clock.now());
    this.#unsaved.add(credentialId);
  }

  /** Reads everything again, one reader at a time so that none brings back what is older. */
  async #read(): Promise<void> {
    const reading = this.#reading
      .catch(() => undefined)
      .then(async () => {
        this.#apply(this.#clock.read(await this.#store.read()));
      });
    // Who waits for it hears of its failure; the next reader must not.
    this.#reading = reading.catch(() => undefined);
    await reading;
  }

  #apply(content: StoreContent): void {
    const before = this.#index;
    const now = this.#clock.now();
    const after = indexOf(content, this.#uses, this.lifetimes, now);
    this.#content = content;
    this.#index = after;
    for (const listener of this.#listeners) listener();
    const ends = endedBetween(before, after, {
      known: this.#reasons,
      isExpired: (id) => this.#isExpired(before, id, now),
    });
    for (const end of ends) this.#events.end(end);
    this.#forgetUses(after);
    this.#arm();
  }

  #isExpired(index: CredentialIndex, credentialId: string, now: number): boolean {
    const [kind, id = ''] = credentialId.split(':', 2);
    if (kind === 'token') return (index.tokens.get(id)?.expiresAt ?? Infinity) <= now;
    const signIn = index.signIns.get(id);
    return signIn !== undefined && signInEndsAt(signIn, this.#uses, this.lifetimes) <= now;
  }

  #forgetUses(index: CredentialIndex): void {
    for (const credentialId of this.#uses.keys()) {
      const [kind, id = ''] = credentialId.split(':', 2);
      if (!(kind === 'token' ? index.tokens : index.signIns).has(id)) {
        this.#uses.delete(credentialId);
        this.#unsaved.delete(credentialId);
      }
    }
  }

  /** Waits for the next credential to run out by itself. Uses put it off; then this only looks again. */
  #arm(): void {
    clearTimeout(this.#deadline);
    const next = nextEndAt(this.#index, this.#uses, this.lifetimes);
    if (next === Infinity) return;
    const wait = Math.min(Math.max(next - this.#clock.now(), 0) + 1, TIMER_MAX_MS);
    this.#deadline = setTimeout(() => void this.#onDeadline(), wait).unref();
  }

  async #onDeadline(): Promise<void> {
    const next = nextEndAt(this.#index, this.#uses, this.lifetimes);
    if (next > this.#clock.now()) {
      this.#arm();
      return;
    }
    try {
      // Another server on this database may have seen the person since.
      await this.#read();
    } catch {
      // The database is away, which the poll says: what ends, ends.
      this.#apply(this.#content);
    }
  }

  /** One at a time; who comes meanwhile waits for that one. */
  #pollOnce(): Promise<void> {
    this.#polling ??= this.#readChanges().finally(() => (this.#polling = undefined));
    return this.#polling;
  }

  async #readChanges(): Promise<void> {
    try {
      if ((await this.#store.revision()) !== this.#content.revision) await this.#read();
      if (this.#isFailing) this.#logger.log('the database answers again');
      this.#isFailing = false;
    } catch (error) {
      if (!this.#isFailing) {
        this.#logger.error(
          { err: error },
          'the database does not answer: sign-ins go on as last known, nothing can be changed or revoked',
        );
      }
      this.#isFailing = true;
    }
  }

  async #flushUses(): Promise<void> {
    const signIns = new Map<string, number>();
    const tokens = new Map<string, number>();
    for (const credentialId of this.#unsaved) {
      const [kind, id = ''] = credentialId.split(':', 2);
      const at = this.#uses.get(credentialId);
      if (at === undefined) continue;
      (kind === 'token' ? tokens : signIns).set(id, Math.round(this.#clock.toWall(at)));
    }
    try {
      await this.#store.touch(signIns, tokens);
      await deleteExpired(this.#store, this.lifetimes, Math.min(this.#clock.now(), Date.now()));
      this.#unsaved.clear();
    } catch {
      // The poll says that the database is away; they are written the next time.
    }
  }
}
