import { Controller, HttpCode, HttpStatus, Post, UseGuards } from '@nestjs/common';
import { Audited } from '../http/audited.decorator.js';
import { LinkSecretGuard } from './link-secret.guard.js';
import { OneTimeKeysService } from './one-time-keys.service.js';
import { Public } from './public.decorator.js';

/** Reply of `POST /api/link`. */
export interface LinkCreated {
  /** One-time key for the address's fragment. */
  readonly key: string;
}

/** Public to the guard of sign-ins, since it asks for another proof. */
@Controller('api/link')
export class LinkController {
  readonly #keys: OneTimeKeysService;

  constructor(keys: OneTimeKeysService) {
    this.#keys = keys;
  }

  @Public()
  @Post()
  @UseGuards(LinkSecretGuard)
  @Audited('link.create')
  @HttpCode(HttpStatus.CREATED)
  create(): LinkCreated {
    return { key: this.#keys.issueLinkKey() };
  }
}
