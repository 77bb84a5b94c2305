import { Injectable } from '@nestjs/common';
import { TmuxyConfig } from '../config/config.js';
import { SignInEntity, type SignInRow } from '../storage/entities.js';
import type { StoreTransaction } from '../storage/store.js';
import { type Account, accountOfStranger } from './accounts.js';
import type { CredentialEndReason } from './credential-events.js';
import { grantOfSignIn } from './credentials/credential-grants.js';
import { signInCredential } from './credentials/credential-index.js';
import { CredentialsService } from './credentials/credentials.service.js';
import type { Identity } from './identity.js';
import { type Grant, toIdentity } from './rights.js';
import { createId, createSecret, digestOf, isSecret } from './secrets.js';

/** Most sign-ins; past it the oldest ends. */
export const SIGN_INS_MAX = 256;
/** Most sign-ins of one account, so that one cannot push the others out. */
export const SIGN_INS_PER_ACCOUNT_MAX = 32;
/** What is kept of a browser's own name. */
const USER_AGENT_MAX = 256;
const ADDRESS_MAX = 64;

/** What a sign-in is made of. */
export interface NewSignIn extends Pick<
  Grant,
  'name' | 'role' | 'readOnly' | 'sessions' | 'method'
> {
  /** Whose it is; absent: somebody the database does not know, by method and name. */
  readonly account?: Account;
  /** Client address it came from. */
  readonly address: string;
  /** Browser as it calls itself. */
  readonly userAgent: string;
}

export interface CreatedSignIn {
  readonly identity: Identity;
  /** The cookie's value; only its digest is kept. */
  readonly secret: string;
  /** How long the cookie may live. */
  readonly maxAgeMs: number;
}

/** Browsers that are signed in. */
@Injectable()
export class SignInsService {
  readonly #credentials: CredentialsService;
  readonly #config: TmuxyConfig;

  constructor(credentials: CredentialsService, config: TmuxyConfig) {
    this.#credentials = credentials;
    this.#config = config;
  }

  /**
   * Signs somebody in; on the disk before it returns.
   *
   * @throws UnavailableError when the database fails
   */
  async create(who: NewSignIn): Promise<CreatedSignIn> {
    const secret = createSecret();
    const now = Date.now();
    const row: SignInRow = {
      id: createId(),
      digest: digestOf(secret),
      account: who.account ?? accountOfStranger(who.method, who.name),
      name: who.name,
      role: who.role,
      readOnly: who.readOnly,
      sessions: JSON.stringify(who.sessions ?? []),
      method: who.method,
      address: who.address.slice(0, ADDRESS_MAX),
      userAgent: who.userAgent.slice(0, USER_AGENT_MAX),
      createdAt: now,
      lastActiveAt: now,
    };
    await this.#credentials.change(async (transaction) => {
      await makeRoom(transaction, row.account);
      await transaction.insert(SignInEntity, row);
    });
    const { name, role, readOnly, method } = row;
    const identity = this.#identityOf(row) ?? {
      ...{ name, role, readOnly, method, sessions: [] },
      credentialId: signInCredential(row.id),
    };
    return { identity, secret, maxAgeMs: this.#credentials.lifetimes.longestMs };
  }

  /** @returns who the cookie belongs to, undefined when it is unknown or ended */
  resolve(cookieValue: string): Identity | undefined {
    if (!isSecret(cookieValue)) return undefined;
    const row = this.#credentials.index.signInsByDigest.get(digestOf(cookieValue));
    return row && this.#identityOf(row);
  }

  /** @returns the sign-in a request came with, undefined when it came with something else */
  of({ credentialId }: Pick<Identity, 'credentialId'>): Readonly<SignInRow> | undefined {
    const id = /^sign-in:(.+)$/.exec(credentialId)?.[1];
    return id === undefined ? undefined : this.#credentials.index.signIns.get(id);
  }

  /** @returns the sign-ins of an account, or everybody's; the newest first */
  list(account?: Account): readonly Readonly<SignInRow>[] {
    return [...this.#credentials.index.signIns.values()]
      .filter((row) => account === undefined || row.account === account)
      .reverse();
  }

  /** Name and role as they are now. */
  nameAndRoleOf(row: Readonly<SignInRow>): Pick<Identity, 'name' | 'role'> {
    return grantOfSignIn(row, this.#credentials.index) ?? row;
  }

  /** Ends a sign-in, if it is one; what was opened under it has been told when this returns. */
  async remove(credentialId: string, reason: CredentialEndReason = 'signed-out'): Promise<void> {
    const row = this.of({ credentialId });
    if (row) await this.#end([row], reason);
  }

  /** Ends all sign-ins of an account. */
  async removeAll(account: Account): Promise<void> {
    await this.#end(this.list(account), 'signed-out');
  }

  async #end(rows: readonly Readonly<SignInRow>[], reason: CredentialEndReason): Promise<void> {
    const ids = rows.map(({ id }) => id);
    await this.#credentials.change(
      (transaction) => transaction.nativeDelete(SignInEntity, { id: { $in: ids } }),
      new Map(ids.map((id) => [signInCredential(id), reason])),
    );
  }

  #identityOf(row: Readonly<SignInRow>): Identity | undefined {
    const grant = grantOfSignIn(row, this.#credentials.index);
    return grant && toIdentity(grant, this.#config);
  }
}

/** Ends the oldest, of the account first, so that one more fits. */
async function makeRoom(transaction: StoreTransaction, account: Account): Promise<void> {
  const rows = await transaction.find(
    SignInEntity,
    {},
    { orderBy: { createdAt: 'asc', id: 'asc' } },
  );
  const own = rows.filter((row) => row.account === account);
  const tooMany = own.slice(0, Math.max(0, own.length - SIGN_INS_PER_ACCOUNT_MAX + 1));
  const rest = rows.filter((row) => !tooMany.includes(row));
  const ended = [...tooMany, ...rest.slice(0, Math.max(0, rest.length - SIGN_INS_MAX + 1))];
  if (ended.length > 0) {
    await transaction.nativeDelete(SignInEntity, { id: { $in: ended.map(({ id }) => id) } });
  }
}
