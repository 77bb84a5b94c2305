import type { UserRow } from '../../storage/entities.js';
import { type Account, accountOfUser } from '../accounts.js';
import type { CredentialEnd, CredentialEndReason } from '../credential-events.js';
import { type CredentialIndex, signInCredential, tokenCredential } from './credential-index.js';

/** What is known of credentials that are gone, beyond that they are. */
export interface EndReasons {
  /** Why this process ended them, by credential. */
  readonly known: ReadonlyMap<string, CredentialEndReason>;
  /** Whether it had run out, by credential. */
  readonly isExpired: (credentialId: string) => boolean;
}

/** What ended between two looks at the database. */
export function endedBetween(
  before: CredentialIndex,
  after: CredentialIndex,
  reasons: EndReasons,
): readonly CredentialEnd[] {
  const ends = new Map<string, CredentialEndReason>();
  for (const user of before.users.values()) {
    const change = changeOf(user, after.users.get(user.id));
    if (change === undefined) continue;
    ends.set(`user:${user.name}`, change);
    for (const id of credentialsOf(accountOfUser(user.id), before)) ends.set(id, change);
  }
  for (const id of credentialsIn(before)) {
    if (isIn(after, id) || ends.get(id) === 'revoked') continue;
    ends.set(id, reasons.known.get(id) ?? (reasons.isExpired(id) ? 'expired' : 'revoked'));
  }
  return [...ends].map(([credentialId, reason]) => ({ credentialId, reason }));
}

/** What a change of a user means for what is open in their name. */
function changeOf(
  before: Readonly<UserRow>,
  after: Readonly<UserRow> | undefined,
): CredentialEndReason | undefined {
  if (after?.name !== before.name) return 'revoked';
  if (after.isDisabled !== before.isDisabled || after.passwordHash !== before.passwordHash) {
    return 'revoked';
  }
  const isSame =
    after.role === before.role &&
    after.readOnly === before.readOnly &&
    after.sessions === before.sessions;
  return isSame ? undefined : 'rights-changed';
}

function credentialsOf(account: Account, index: CredentialIndex): readonly string[] {
  return [
    ...[...index.signIns.values()]
      .filter((row) => row.account === account)
      .map(({ id }) => signInCredential(id)),
    ...[...index.tokens.values()]
      .filter((row) => row.account === account)
      .map(({ id }) => tokenCredential(id)),
  ];
}

function credentialsIn(index: CredentialIndex): readonly string[] {
  return [
    ...[...index.signIns.keys()].map(signInCredential),
    ...[...index.tokens.keys()].map(tokenCredential),
  ];
}

function isIn(index: CredentialIndex, credentialId: string): boolean {
  const [kind, id = ''] = credentialId.split(':', 2);
  return kind === 'token' ? index.tokens.has(id) : index.signIns.has(id);
}
