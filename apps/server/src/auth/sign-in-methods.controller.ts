import { Controller, Get } from '@nestjs/common';
import type { SignInMethodsView } from '#dto';
import { TmuxyConfig } from '../config/config.js';
import { Public } from './public.decorator.js';
import { UsersService } from './users/users.service.js';

/** Button of a provider that the configuration gives no label. */
const DEFAULT_LABEL = 'OpenID Connect';

/** What the sign-in page offers. */
@Controller('api/sign-in')
export class SignInMethodsController {
  readonly #config: TmuxyConfig;
  readonly #users: UsersService;

  constructor(config: TmuxyConfig, users: UsersService) {
    this.#config = config;
    this.#users = users;
  }

  @Public()
  @Get()
  async methods(): Promise<SignInMethodsView> {
    const { passwords, oidc } = this.#config;
    return {
      password: passwords && (await this.#users.hasUsers()),
      oidc: oidc ? { label: oidc.label ?? DEFAULT_LABEL } : null,
    };
  }
}
