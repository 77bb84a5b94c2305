import { digestOf } from './secrets.js';

/**
 * Whose a sign-in or a token is: `local` (the person the server runs as), `user:<id>` (a user of the
 * database), `oidc:<digest>` (whom a provider calls by that subject) or `<method>:<name>` for others
 * whose rights are kept elsewhere. By id where there is one, because whoever gets an old name, or can
 * edit their own, is somebody else.
 */
export type Account = string;

export const LOCAL_ACCOUNT: Account = 'local';

const USER = 'user:';

export function accountOfUser(userId: string): Account {
  return `${USER}${userId}`;
}

/** @returns the user's id, undefined for accounts of other kinds */
export function userIdOf(account: Account): string | undefined {
  return account.startsWith(USER) ? account.slice(USER.length) : undefined;
}

/** Account of a person at an OpenID provider; only both together are theirs alone (OIDC Core §5.7). */
export function accountOfSubject(issuer: string, subject: string): Account {
  return `oidc:${digestOf(JSON.stringify([issuer, subject]))}`;
}

/** Account of somebody the database knows nothing of. */
export function accountOfStranger(method: string, name: string): Account {
  return `${method}:${name}`;
}
