import { type CanActivate, Injectable } from '@nestjs/common';
import { TmuxyConfig } from '../../config/config.js';
import { NotFoundError } from '../../http/app-error.js';

/** Answers where no provider is set up, before anything is recorded: who floods this is refused, and only counted. */
@Injectable()
export class OidcSetUpGuard implements CanActivate {
  readonly #isSetUp: boolean;

  constructor({ oidc }: TmuxyConfig) {
    this.#isSetUp = oidc !== undefined;
  }

  /** @throws NotFoundError */
  canActivate(): true {
    if (this.#isSetUp) return true;
    throw new NotFoundError('No OpenID Connect provider is set up here.');
  }
}
