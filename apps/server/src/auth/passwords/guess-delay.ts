import { RateLimitedError } from '../../http/app-error.js';

/** Wrong passwords of an account from one address that cost nothing: people mistype. */
export const FREE_GUESSES = 5;
const FIRST_DELAY_MS = 1_000;
export const LONGEST_DELAY_MS = 5 * 60_000;
/** Wrong passwords of an account from anywhere before everybody's attempts at it are slowed. */
export const FREE_GUESSES_ANYWHERE = 20;
const FIRST_SLOWDOWN_MS = 100;
/** Its owner can bear this much, a guesser from many addresses cannot. */
export const LONGEST_SLOWDOWN_MS = 3_000;
/** Guesses are forgotten when there was none for so long. */
const FORGET_MS = 15 * 60_000;
/** Most accounts and pairs that are remembered; past it the oldest are forgotten. */
const REMEMBERED_MAX = 10_000;

interface Guesses {
  count: number;
  lastAt: number;
}

/**
 * Makes guessing slow without locking anybody out: each account and address pair waits longer and
 * longer, while the owner at another address only meets a short slow-down. It makes no difference
 * whether there is such an account.
 */
export class GuessDelay {
  readonly #pairs = new Map<string, Guesses>();
  readonly #accounts = new Map<string, Guesses>();

  /**
   * Counts an attempt as wrong until {@link succeed} says otherwise, so that many at once are many.
   *
   * @returns how long to wait before looking at the password, in milliseconds
   * @throws RateLimitedError while the pair has to wait; that attempt is not counted
   */
  begin(account: string, address: string, now = performance.now()): number {
    const pair = pairOf(account, address);
    const known = recent(this.#pairs, pair, now);
    const waitMs = known ? known.lastAt + delayAfter(known.count) - now : 0;
    if (waitMs > 0) {
      throw new RateLimitedError(
        'Too many wrong passwords for this account from your address.',
        waitMs / 1000,
      );
    }
    const anywhere = recent(this.#accounts, account, now)?.count ?? 0;
    count(this.#pairs, pair, now);
    count(this.#accounts, account, now);
    return slowdownAfter(anywhere);
  }

  /** The attempt was right. What others guess at the account goes on to count. */
  succeed(account: string, address: string): void {
    this.#pairs.delete(pairOf(account, address));
    this.giveBack(account);
  }

  /** The attempt was not made after all. */
  giveBack(account: string, address?: string): void {
    const known = this.#accounts.get(account);
    if (known && known.count > 0) known.count--;
    const pair = address === undefined ? undefined : this.#pairs.get(pairOf(account, address));
    if (pair && pair.count > 0) pair.count--;
  }
}

function pairOf(account: string, address: string): string {
  return `${address} ${account}`;
}

/** 0 for the free ones, then 1 s, 2 s, 4 s… */
function delayAfter(guesses: number): number {
  if (guesses < FREE_GUESSES) return 0;
  return Math.min(FIRST_DELAY_MS * 2 ** (guesses - FREE_GUESSES), LONGEST_DELAY_MS);
}

function slowdownAfter(guesses: number): number {
  if (guesses < FREE_GUESSES_ANYWHERE) return 0;
  return Math.min(FIRST_SLOWDOWN_MS * 2 ** (guesses - FREE_GUESSES_ANYWHERE), LONGEST_SLOWDOWN_MS);
}

function recent(map: ReadonlyMap<string, Guesses>, key: string, now: number): Guesses | undefined {
  const known = map.get(key);
  return known && known.lastAt + FORGET_MS > now ? known : undefined;
}

/** Moves it to the end as well: the first is the one that was guessed at longest ago. */
function count(map: Map<string, Guesses>, key: string, now: number): void {
  const before = recent(map, key, now)?.count ?? 0;
  map.delete(key);
  const [oldest] = map.keys();
  if (map.size >= REMEMBERED_MAX && oldest !== undefined) map.delete(oldest);
  map.set(key, { count: before + 1, lastAt: now });
}
