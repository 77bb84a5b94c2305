import { createHmac, randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { UserRow } from '../../storage/entities.js';
import { CredentialsService } from '../credentials/credentials.service.js';
import { userNameIn } from '../users/user-name.js';
import { GuessDelay } from './guess-delay.js';
import { unfittableHash, verifyPassword } from './password-hash.js';
import { normalPassword } from './password-rules.js';
import { WorkSlots } from './work-slots.js';

/** Passwords looked at at once: each takes 19 MiB and a core for some 20 ms. */
const VERIFY_SLOTS = 2;
const VERIFY_QUEUE_MAX = 32;
/** Attempts that wait because somebody guesses at their account. */
const SLOWED_MAX = 256;
/** How long a right password is not looked at again, for programs that send it with every request. */
const REMEMBER_MS = 5 * 60_000;
const REMEMBERED_MAX = 1_024;

interface Verified {
  readonly user: Promise<Readonly<UserRow> | undefined>;
  readonly until: number;
}

/** Finds out whether a password is somebody's. */
@Injectable()
export class PasswordsService implements OnModuleDestroy {
  readonly #credentials: CredentialsService;
  readonly #delay = new GuessDelay();
  readonly #slots = new WorkSlots(VERIFY_SLOTS, VERIFY_QUEUE_MAX);
  readonly #slowed = new WorkSlots(SLOWED_MAX, 0);
  readonly #unfittable = unfittableHash();
  /** Names what is remembered: the memory holds no password and nothing one could be guessed from. */
  readonly #key = randomBytes(32);
  readonly #verified = new Map<string, Verified>();
  readonly #forgetListener: () => void;

  constructor(credentials: CredentialsService) {
    this.#credentials = credentials;
    this.#forgetListener = credentials.onChanged(() => this.#verified.clear());
  }

  onModuleDestroy(): void {
    this.#forgetListener();
  }

  /**
   * @returns the user, undefined when the name or the password is wrong or the user is disabled; which of
   *   these takes the same time and is not told apart
   * @throws RateLimitedError when this address guessed too often at this account
   * @throws UnavailableError when too many sign in at once
   */
  async verify(
    name: string,
    password: string,
    address: string,
  ): Promise<Readonly<UserRow> | undefined> {
    // Names that cannot be are one account, so that they take no room.
    const account = userNameIn(name) ?? '';
    const slowdownMs = this.#delay.begin(account, address);
    try {
      if (slowdownMs > 0) await this.#slowed.run(() => setTimeout(slowdownMs));
      const user = await this.#slots.run(() => this.#look(account, password));
      if (user) this.#delay.succeed(account, address);
      return user;
    } catch (error) {
      this.#delay.giveBack(account, address);
      throw error;
    }
  }

  /**
   * Like {@link verify}, for a password that comes with every request: a right one is remembered for a while.
   *
   * @param admit throws when this address may not have one looked at
   */
  async verifyRepeated(
    name: string,
    password: string,
    address: string,
    admit: () => void,
  ): Promise<Readonly<UserRow> | undefined> {
    const key = createHmac('sha256', this.#key)
      .update(JSON.stringify([name, password]))
      .digest('hex');
    const known = this.#verified.get(key);
    // Requests that come together wait for one look.
    if (known && known.until > performance.now()) return await known.user;
    admit();
    const user = this.verify(name, password, address);
    this.#remember(key, user);
    try {
      const found = await user;
      if (!found) this.#forget(key, user);
      return found;
    } catch (error) {
      this.#forget(key, user);
      throw error;
    }
  }

  async #look(account: string, typed: string): Promise<Readonly<UserRow> | undefined> {
    await this.#credentials.refresh();
    const user = this.#credentials.index.usersByName.get(account);
    const password = normalPassword(typed);
    const passwordHash = user?.passwordHash ?? (await this.#unfittable);
    const isRight = await verifyPassword(passwordHash, password ?? '');
    if (!isRight || password === undefined) return undefined;
    // As it is now: it may have been changed while the hash was made.
    const now = this.#credentials.index.users.get(user?.id ?? '');
    return now && !now.isDisabled && now.passwordHash === passwordHash ? now : undefined;
  }

  #remember(key: string, user: Verified['user']): void {
    this.#verified.delete(key);
    const [oldest] = this.#verified.keys();
    if (this.#verified.size >= REMEMBERED_MAX && oldest !== undefined) {
      this.#verified.delete(oldest);
    }
    this.#verified.set(key, { user, until: performance.now() + REMEMBER_MS });
  }

  #forget(key: string, user: Verified['user']): void {
    if (this.#verified.get(key)?.user === user) this.#verified.delete(key);
  }
}
