import { Controller, Delete, Get, HttpCode, HttpStatus, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { SignInsView, SignInView } from '#dto';
import { NotFoundError } from '../http/app-error.js';
import { Audited } from '../http/audited.decorator.js';
import { SingleQuery } from '../http/single-query.js';
import type { SignInRow } from '../storage/entities.js';
import { AccountOfService } from './account-of.service.js';
import { BrowserSignInService } from './browser-sign-in.service.js';
import { lastActiveAt, signInCredential, signInEndsAt } from './credentials/credential-index.js';
import { CredentialsService } from './credentials/credentials.service.js';
import { CurrentIdentity } from './current-identity.decorator.js';
import type { Identity } from './identity.js';
import { mayEndOthers, mustNotBeToken, wantsAll } from './credentials/who-may-manage.js';
import { SignInsService } from './sign-ins.service.js';

/** The browsers somebody is signed in with. */
@Controller('api/sign-ins')
export class SignInsController {
  readonly #signIns: SignInsService;
  readonly #credentials: CredentialsService;
  readonly #accounts: AccountOfService;
  readonly #browsers: BrowserSignInService;

  constructor(
    signIns: SignInsService,
    credentials: CredentialsService,
    accounts: AccountOfService,
    browsers: BrowserSignInService,
  ) {
    this.#signIns = signIns;
    this.#credentials = credentials;
    this.#accounts = accounts;
    this.#browsers = browsers;
  }

  @Get()
  list(
    @CurrentIdentity() identity: Identity,
    @SingleQuery('all') all: string | undefined,
  ): SignInsView {
    const account = wantsAll(identity, all) ? undefined : this.#accounts.accountOf(identity);
    const rows = this.#signIns.list(account);
    return { signIns: rows.map((row) => this.#viewOf(row, identity)) };
  }

  /** Ends one: one's own, or for admins anybody's. */
  @Delete(':id')
  @Audited('sign-in.end', { target: ({ params }) => ({ signIn: String(params['id']) }) })
  @HttpCode(HttpStatus.NO_CONTENT)
  async end(@CurrentIdentity() identity: Identity, @Param('id') id: string): Promise<void> {
    mustNotBeToken(identity);
    const credentialId = signInCredential(id);
    const row = this.#signIns.of({ credentialId });
    const isOwn = row?.account === this.#accounts.accountOf(identity);
    if (!row || !(isOwn || mayEndOthers(identity))) {
      throw new NotFoundError('There is no such sign-in.');
    }
    await this.#signIns.remove(credentialId, isOwn ? 'signed-out' : 'revoked');
  }

  /** Signs out everywhere, here too. */
  @Delete()
  @Audited('sign-in.end-all')
  @HttpCode(HttpStatus.NO_CONTENT)
  async endAll(
    @CurrentIdentity() identity: Identity,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    mustNotBeToken(identity);
    await this.#signIns.removeAll(this.#accounts.accountOf(identity));
    this.#browsers.forget(request, response);
  }

  #viewOf(row: Readonly<SignInRow>, identity: Identity): SignInView {
    const { uses, lifetimes } = this.#credentials;
    const user = this.#signIns.nameAndRoleOf(row);
    return {
      id: row.id,
      name: user.name,
      role: user.role,
      method: row.method,
      createdAt: new Date(row.createdAt).toISOString(),
      lastActiveAt: new Date(lastActiveAt(row, uses)).toISOString(),
      expiresAt: new Date(signInEndsAt(row, uses, lifetimes)).toISOString(),
      address: row.address,
      userAgent: row.userAgent,
      current: identity.credentialId === signInCredential(row.id),
    };
  }
}
