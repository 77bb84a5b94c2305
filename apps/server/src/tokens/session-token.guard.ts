import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { identityOf } from '../auth/identity.js';
import { singleQuery } from '../http/single-query.js';
import { SESSION_TOKEN_HEADER } from '#dto/constants';
import { setConnection } from './current-connection.js';
import { SessionTokensService } from './session-tokens.service.js';
import { SessionTokenRequiredError } from './tokens.errors.js';

/** Lets a request through when its session token fits its session and the identity that sends it. */
@Injectable()
export class SessionTokenGuard implements CanActivate {
  readonly #tokens: SessionTokensService;

  constructor(tokens: SessionTokensService) {
    this.#tokens = tokens;
  }

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    const token = request.header(SESSION_TOKEN_HEADER);
    if (token === undefined || token === '') throw new SessionTokenRequiredError();
    const connection = this.#tokens.resolve(token);
    const session = singleQuery(request.query, 'session');
    if (
      connection === undefined ||
      connection.identity.credentialId !== identityOf(request)?.credentialId ||
      (session !== connection.openedAs && session !== connection.session().name)
    ) {
      throw this.#tokens.refusal();
    }
    setConnection(request, connection);
    return true;
  }
}
