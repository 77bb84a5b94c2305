import type { AccessTokenRow, SignInRow, UserRow } from '../../storage/entities.js';
import { LOCAL_ACCOUNT, userIdOf } from '../accounts.js';
import { type Grant, lowerRole, type RightsLimits, toIdentity } from '../rights.js';
import { type CredentialIndex, signInCredential, tokenCredential } from './credential-index.js';

/** Patterns in a text column. @returns undefined for null: all sessions */
export function patternsIn(column: string | null | undefined): readonly string[] | undefined {
  if (typeof column !== 'string') return undefined;
  const value: unknown = JSON.parse(column);
  // Not ours: a list without a pattern that fits shows nothing.
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** What a user's own password gives. @returns undefined when they are disabled */
export function grantOfUser(
  user: Readonly<UserRow>,
): Omit<Grant, 'method' | 'credentialId'> | undefined {
  if (user.isDisabled) return undefined;
  const { name, role, readOnly } = user;
  const patterns = patternsIn(user.sessions);
  return { name, role, readOnly, sessions: patterns === undefined ? [] : [patterns] };
}

/** What a sign-in gives: a user's rights as they are now, others' as they were when they signed in. */
export function grantOfSignIn(row: Readonly<SignInRow>, index: CredentialIndex): Grant | undefined {
  const proof = { method: row.method, credentialId: signInCredential(row.id) };
  const userId = userIdOf(row.account);
  if (userId === undefined) {
    const { name, role, readOnly } = row;
    return { name, role, readOnly, sessions: listsIn(row.sessions), ...proof };
  }
  const user = index.users.get(userId);
  const grant = user && grantOfUser(user);
  return grant && { ...grant, ...proof };
}

/**
 * What an access token gives: its owner's rights as they are now, limits of the owner's role included,
 * narrowed by its own.
 */
export function grantOfToken(
  row: Readonly<AccessTokenRow>,
  index: CredentialIndex,
  limits: RightsLimits,
): Grant | undefined {
  const proof = { method: 'access-token', credentialId: tokenCredential(row.id) } as const;
  const owner = ownerOf(row, index);
  if (!owner) return undefined;
  const most = toIdentity({ ...owner, ...proof }, limits);
  const patterns = patternsIn(row.sessions);
  return {
    ...most,
    role: lowerRole(most.role, row.role),
    readOnly: most.readOnly || row.readOnly,
    sessions: patterns === undefined ? most.sessions : [...most.sessions, patterns],
  };
}

/** Tokens of the local owner are known by their own name; users' after their owner, whom they act for. */
function ownerOf(
  row: Readonly<AccessTokenRow>,
  index: CredentialIndex,
): Omit<Grant, 'method' | 'credentialId'> | undefined {
  if (row.account === LOCAL_ACCOUNT) return { name: row.name, role: 'admin', readOnly: false };
  const user = index.users.get(userIdOf(row.account) ?? '');
  const grant = user && grantOfUser(user);
  // No user's name has a slash, so no token can pass for somebody.
  return grant && { ...grant, name: `${grant.name}/${row.name}` };
}

function listsIn(column: string): readonly (readonly string[])[] {
  const value: unknown = JSON.parse(column);
  if (!Array.isArray(value)) return [[]];
  return value.map((list: unknown) =>
    Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [],
  );
}
