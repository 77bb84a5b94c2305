import type { AccessTokenRow, SignInRow, UserRow } from '../../storage/entities.js';
import type { StoreContent } from '../../storage/store.js';

/** How long sign-ins live, in milliseconds. */
export interface SignInLifetimes {
  readonly idleMs: number;
  readonly longestMs: number;
}

/** When credentials were last used as far as this process knows: newer than what is stored. */
export type LastUses = ReadonlyMap<string, number>;

/** The credentials that are good, for looking up. */
export interface CredentialIndex {
  readonly users: ReadonlyMap<string, Readonly<UserRow>>;
  readonly usersByName: ReadonlyMap<string, Readonly<UserRow>>;
  readonly signIns: ReadonlyMap<string, Readonly<SignInRow>>;
  readonly signInsByDigest: ReadonlyMap<string, Readonly<SignInRow>>;
  readonly tokens: ReadonlyMap<string, Readonly<AccessTokenRow>>;
  readonly tokensByDigest: ReadonlyMap<string, Readonly<AccessTokenRow>>;
}

export const NO_CREDENTIALS: CredentialIndex = {
  users: new Map(),
  usersByName: new Map(),
  signIns: new Map(),
  signInsByDigest: new Map(),
  tokens: new Map(),
  tokensByDigest: new Map(),
};

export function signInCredential(id: string): string {
  return `sign-in:${id}`;
}

export function tokenCredential(id: string): string {
  return `token:${id}`;
}

/** The last thing done with a sign-in. */
export function lastActiveAt(signIn: Readonly<SignInRow>, uses: LastUses): number {
  return Math.max(signIn.lastActiveAt, uses.get(signInCredential(signIn.id)) ?? 0);
}

/** When a sign-in ends if nothing more is done. */
export function signInEndsAt(
  signIn: Readonly<SignInRow>,
  uses: LastUses,
  { idleMs, longestMs }: SignInLifetimes,
): number {
  return Math.min(signIn.createdAt + longestMs, lastActiveAt(signIn, uses) + idleMs);
}

/** Sorts out what has run out by `now`. */
export function indexOf(
  content: StoreContent,
  uses: LastUses,
  lifetimes: SignInLifetimes,
  now: number,
): CredentialIndex {
  const signIns = content.signIns.filter((row) => signInEndsAt(row, uses, lifetimes) > now);
  const tokens = content.tokens.filter(({ expiresAt }) => (expiresAt ?? Infinity) > now);
  return {
    users: mapBy(content.users, ({ id }) => id),
    usersByName: mapBy(content.users, ({ name }) => name),
    signIns: mapBy(signIns, ({ id }) => id),
    signInsByDigest: mapBy(signIns, ({ digest }) => digest),
    tokens: mapBy(tokens, ({ id }) => id),
    tokensByDigest: mapBy(tokens, ({ digest }) => digest),
  };
}

/** When the next credential runs out by itself; Infinity: none does. */
export function nextEndAt(
  index: CredentialIndex,
  uses: LastUses,
  lifetimes: SignInLifetimes,
): number {
  let next = Infinity;
  for (const row of index.signIns.values()) {
    next = Math.min(next, signInEndsAt(row, uses, lifetimes));
  }
  for (const { expiresAt } of index.tokens.values()) next = Math.min(next, expiresAt ?? Infinity);
  return next;
}

function mapBy<T>(rows: readonly T[], keyOf: (row: T) => string): ReadonlyMap<string, T> {
  return new Map(rows.map((row) => [keyOf(row), row]));
}
