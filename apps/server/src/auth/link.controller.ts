import { Controller, Headers, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { UnauthenticatedError } from '../http/app-error.js';
import { Audited } from '../http/audited.decorator.js';
import { LinkSecret } from './link-secret.js';
import { OneTimeKeysService } from './one-time-keys.service.js';
import { Public } from './public.decorator.js';

/** Reply of `POST /api/link`. */
export interface LinkCreated {
  /** One-time key for the address's fragment. */
  readonly key: string;
}

/** Public to the guard of sign-ins, since it asks for another proof itself. */
@Controller('api/link')
export class LinkController {
  readonly #secret: LinkSecret;
  readonly #keys: OneTimeKeysService;

  constructor(secret: LinkSecret, keys: OneTimeKeysService) {
    this.#secret = secret;
    this.#keys = keys;
  }

  @Public()
  @Post()
  @Audited('link.create')
  @HttpCode(HttpStatus.CREATED)
  create(@Headers('authorization') authorization: string | undefined): LinkCreated {
    if (!this.#secret.isIn(authorization))
      throw new UnauthenticatedError('The secret is missing or wrong.');
    return { key: this.#keys.issueLinkKey() };
  }
}
