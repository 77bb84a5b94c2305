import type { Store } from '../../storage/store.js';
import type { SignInLifetimes } from './credential-index.js';

/** Servers write uses once a minute: a sign-in another one still sees in use is not taken from it. */
const MARGIN_MS = 150_000;

/** Takes away what ran out. Everybody sees by themselves that it did, so no revision is made of it. */
export async function deleteExpired(
  store: Store,
  { idleMs, longestMs }: SignInLifetimes,
): Promise<void> {
  const now = Date.now();
  await store.deleteOld({
    tokensExpiredBefore: now - MARGIN_MS,
    signInsMadeBefore: now - longestMs - MARGIN_MS,
    signInsIdleSince: now - idleMs - MARGIN_MS,
  });
}
