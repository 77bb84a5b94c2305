import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import type { AccessTokenCreated, AccessTokensView } from '#dto';
import { ForbiddenError, NotFoundError } from '../../http/app-error.js';
import { Audited, textOf } from '../../http/audited.decorator.js';
import { SingleQuery } from '../../http/single-query.js';
import { AccountOfService } from '../account-of.service.js';
import { LOCAL_ACCOUNT, userIdOf } from '../accounts.js';
import { mayEndOthers, mustNotBeToken, wantsAll } from '../credentials/who-may-manage.js';
import { CurrentIdentity } from '../current-identity.decorator.js';
import type { Identity } from '../identity.js';
import { lowerRole } from '../rights.js';
import { CreateAccessTokenDto } from './access-token.dto.js';
import { AccessTokensService } from './access-tokens.service.js';
import { TOKEN_DAYS_DEFAULT } from './new-access-token.js';

/** Access tokens of whoever asks. */
@Controller('api/tokens')
export class AccessTokensController {
  readonly #tokens: AccessTokensService;
  readonly #accounts: AccountOfService;

  constructor(tokens: AccessTokensService, accounts: AccountOfService) {
    this.#tokens = tokens;
    this.#accounts = accounts;
  }

  @Get()
  list(
    @CurrentIdentity() identity: Identity,
    @SingleQuery('all') all: string | undefined,
  ): AccessTokensView {
    const account = wantsAll(identity, all) ? undefined : this.#accounts.accountOf(identity);
    return { tokens: this.#tokens.list(account).map((row) => this.#tokens.viewOf(row)) };
  }

  @Post()
  @Audited('token.create', {
    target: ({ body }) => ({ name: textOf(body, 'name') }),
    params: ({ body }) => ({ role: textOf(body, 'role') }),
  })
  async create(
    @CurrentIdentity() identity: Identity,
    @Body() body: CreateAccessTokenDto,
  ): Promise<AccessTokenCreated> {
    mustNotBeToken(identity);
    const account = this.#accounts.accountOf(identity);
    if (account !== LOCAL_ACCOUNT && userIdOf(account) === undefined) {
      throw new ForbiddenError(
        'Your rights come from outside of tmuxy, which would not learn of their end: ask an administrator for a token (tmuxy token create).',
      );
    }
    const role = body.role ?? identity.role;
    if (lowerRole(role, identity.role) !== role) {
      throw new ForbiddenError(`A token of yours is at most ${identity.role}.`);
    }
    const { row, token } = await this.#tokens.create({
      account,
      name: body.name,
      role,
      readOnly: body.readOnly === true,
      sessions: body.sessions ?? null,
      expiresInDays: body.expiresInDays === undefined ? TOKEN_DAYS_DEFAULT : body.expiresInDays,
    });
    return { ...this.#tokens.viewOf(row), token };
  }

  /** Ends one: one's own, or for admins anybody's. */
  @Delete(':id')
  @Audited('token.revoke', { target: ({ params }) => ({ token: String(params['id']) }) })
  @HttpCode(HttpStatus.NO_CONTENT)
  async revoke(@CurrentIdentity() identity: Identity, @Param('id') id: string): Promise<void> {
    mustNotBeToken(identity);
    const row = this.#tokens.find(id);
    const isOwn = row?.account === this.#accounts.accountOf(identity);
    if (!row || !(isOwn || mayEndOthers(identity))) {
      throw new NotFoundError('There is no such token.');
    }
    await this.#tokens.revoke(id);
  }
}
