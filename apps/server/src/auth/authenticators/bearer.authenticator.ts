import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { UnauthenticatedError } from '../../http/app-error.js';
import { clientAddressOf, limitKeyOf } from '../../http/edge/client-address.js';
import { AccessTokensService } from '../access-tokens/access-tokens.service.js';
import { AddressGuesses } from '../address-guesses.js';
import type { Grant } from '../rights.js';
import type { Authenticator } from './authenticator.js';
import { authorizationOf } from './authorization-header.js';

/** Programs with an access token (RFC 6750 §2.1). */
@Injectable()
export class BearerAuthenticator implements Authenticator {
  readonly #tokens: AccessTokensService;
  readonly #guesses: AddressGuesses;

  constructor(tokens: AccessTokensService, guesses: AddressGuesses) {
    this.#tokens = tokens;
    this.#guesses = guesses;
  }

  async authenticate(request: Request): Promise<Grant | undefined> {
    const token = authorizationOf(request, 'Bearer');
    if (token === undefined) return undefined;
    const grant = this.#tokens.resolve(token);
    if (grant) return grant;
    const address = limitKeyOf(clientAddressOf(request));
    this.#guesses.check(address);
    const fresh = await this.#tokens.resolveFresh(token);
    if (fresh) return fresh;
    this.#guesses.count(address);
    throw new UnauthenticatedError('This access token is wrong, revoked or expired.');
  }
}
