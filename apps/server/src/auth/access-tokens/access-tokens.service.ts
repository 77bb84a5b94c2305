import { Injectable } from '@nestjs/common';
import type { AccessTokenView } from '#dto';
import { TmuxyConfig } from '../../config/config.js';
import { InvalidRequestError } from '../../http/app-error.js';
import { AccessTokenEntity, type AccessTokenRow } from '../../storage/entities.js';
import { type Account, LOCAL_ACCOUNT, userIdOf } from '../accounts.js';
import { grantOfToken, patternsIn } from '../credentials/credential-grants.js';
import { tokenCredential } from '../credentials/credential-index.js';
import { CredentialsService } from '../credentials/credentials.service.js';
import { localOwner } from '../local-owner.js';
import type { Grant } from '../rights.js';
import { digestOf, isAccessToken } from '../secrets.js';
import { type AccessTokenSpec, newAccessToken } from './new-access-token.js';

/** Most tokens of one account. */
export const TOKENS_PER_ACCOUNT_MAX = 100;

/** The access tokens of programs. */
@Injectable()
export class AccessTokensService {
  readonly #credentials: CredentialsService;
  readonly #config: TmuxyConfig;

  constructor(credentials: CredentialsService, config: TmuxyConfig) {
    this.#credentials = credentials;
    this.#config = config;
  }

  /** @returns what the token gives, undefined when it is unknown, ended or its owner is */
  resolve(token: string): Grant | undefined {
    if (!isAccessToken(token)) return undefined;
    const row = this.#credentials.index.tokensByDigest.get(digestOf(token));
    if (!row || this.#credentials.isPast(row.expiresAt ?? Infinity)) return undefined;
    return grantOfToken(row, this.#credentials.index, this.#config);
  }

  /** Like {@link resolve}, but knows one that another process made in this moment. */
  async resolveFresh(token: string): Promise<Grant | undefined> {
    if (!isAccessToken(token)) return undefined;
    await this.#credentials.refresh();
    return this.resolve(token);
  }

  /**
   * Makes one.
   *
   * @throws InvalidRequestError for a name or pattern that is none, or one too many
   */
  async create(
    spec: AccessTokenSpec,
  ): Promise<{ readonly row: AccessTokenRow; readonly token: string }> {
    const made = newAccessToken(spec);
    await this.#credentials.change(async (transaction) => {
      const count = await transaction.count(AccessTokenEntity, { account: spec.account });
      if (count >= TOKENS_PER_ACCOUNT_MAX) {
        throw new InvalidRequestError(
          `There are ${String(TOKENS_PER_ACCOUNT_MAX)} tokens already; revoke one first.`,
        );
      }
      await transaction.insert(AccessTokenEntity, made.row);
    });
    return made;
  }

  /** @returns the tokens of an account, or everybody's; the newest first */
  list(account?: Account): readonly Readonly<AccessTokenRow>[] {
    return [...this.#credentials.index.tokens.values()]
      .filter((row) => account === undefined || row.account === account)
      .reverse();
  }

  find(id: string): Readonly<AccessTokenRow> | undefined {
    return this.#credentials.index.tokens.get(id);
  }

  /** Ends it; what was opened under it has been told when this returns. */
  async revoke(id: string): Promise<void> {
    await this.#credentials.change((transaction) =>
      transaction.nativeDelete(AccessTokenEntity, { id }),
    );
  }

  viewOf(row: Readonly<AccessTokenRow>): AccessTokenView {
    const { index, uses } = this.#credentials;
    const grant = grantOfToken(row, index, this.#config);
    const usedAt = Math.max(row.lastUsedAt ?? 0, uses.get(tokenCredential(row.id)) ?? 0);
    return {
      id: row.id,
      name: row.name,
      owner: this.#ownerOf(row.account),
      role: grant?.role ?? row.role,
      readOnly: grant?.readOnly ?? row.readOnly,
      sessions: patternsIn(row.sessions) ?? null,
      createdAt: new Date(row.createdAt).toISOString(),
      expiresAt: typeof row.expiresAt === 'number' ? new Date(row.expiresAt).toISOString() : null,
      lastUsedAt: usedAt === 0 ? null : new Date(usedAt).toISOString(),
    };
  }

  #ownerOf(account: Account): string {
    if (account === LOCAL_ACCOUNT) return localOwner().name;
    return this.#credentials.index.users.get(userIdOf(account) ?? '')?.name ?? account;
  }
}
