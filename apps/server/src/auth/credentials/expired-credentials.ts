import type { Store } from '../../storage/store.js';
import type { SignInLifetimes } from './credential-index.js';

/** Servers write uses once a minute: a sign-in another one still sees in use is not taken from it. */
const MARGIN_MS = 150_000;

/**
 * Takes away what ran out. Everybody sees by themselves that it did, so no revision is made of it.
 *
 * @param now the earlier of the times there are, where the clock was set: what is good to somebody stays
 */
export async function deleteExpired(
  store: Store,
  { idleMs, longestMs }: SignInLifetimes,
  now: number,
): Promise<void> {
  await store.deleteOld({
    tokensExpiredBefore: now - MARGIN_MS,
    signInsMadeBefore: now - longestMs - MARGIN_MS,
    signInsIdleSince: now - idleMs - MARGIN_MS,
  });
}
