import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { TmuxyConfig } from '../config/config.js';
import { ForbiddenError, UnauthenticatedError } from '../http/app-error.js';
import { clientAddressOf, limitKeyOf } from '../http/edge/client-address.js';
import { accountOfUser, LOCAL_ACCOUNT } from './accounts.js';
import { grantOfUser } from './credentials/credential-grants.js';
import { setClaimedName } from './identity.js';
import { localOwner } from './local-owner.js';
import { OneTimeKeysService } from './one-time-keys.service.js';
import { PasswordsService } from './passwords/passwords.service.js';
import type { NewSignIn } from './sign-ins.service.js';
import { UsersService } from './users/users.service.js';

type Person = Omit<NewSignIn, 'address' | 'userAgent'>;

/** Finds out who signs in on the page. */
@Injectable()
export class SignInProofService {
  readonly #keys: OneTimeKeysService;
  readonly #passwords: PasswordsService;
  readonly #config: TmuxyConfig;
  readonly #users: UsersService;

  constructor(
    keys: OneTimeKeysService,
    passwords: PasswordsService,
    config: TmuxyConfig,
    users: UsersService,
  ) {
    this.#users = users;
    this.#keys = keys;
    this.#passwords = passwords;
    this.#config = config;
  }

  /** @throws UnauthenticatedError */
  byKey(key: string): Person {
    if (!this.#keys.redeem(key)) {
      throw new UnauthenticatedError(
        "This key is wrong, used or too old; 'tmuxy link' prints a fresh one.",
      );
    }
    return { ...localOwner(), method: 'key', account: LOCAL_ACCOUNT };
  }

  /**
   * @throws UnauthenticatedError when name or password are wrong
   * @throws RateLimitedError, UnavailableError as `PasswordsService.verify` does
   */
  async byPassword(name: string, password: string, request: Request): Promise<Person> {
    if (!this.#config.passwords) {
      throw new ForbiddenError('Passwords are turned off on this server.');
    }
    const address = limitKeyOf(clientAddressOf(request));
    const user = await this.#passwords.verify(name, password, address);
    const grant = user && grantOfUser(user);
    if (!user || !grant) {
      // A name that is nobody's may be a password, typed into the wrong field.
      if (this.#users.has(name)) setClaimedName(request, name);
      throw new UnauthenticatedError('The name or the password is wrong.');
    }
    return { ...grant, method: 'password', account: accountOfUser(user.id) };
  }
}
