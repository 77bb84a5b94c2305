import { Injectable } from '@nestjs/common';
import { CredentialsService } from '../credentials/credentials.service.js';

/** Who can sign in with a password. `tmuxy user` changes it. */
@Injectable()
export class UsersService {
  readonly #credentials: CredentialsService;

  constructor(credentials: CredentialsService) {
    this.#credentials = credentials;
  }

  /** Whether anybody can sign in with a password. */
  hasUsers(): boolean {
    return [...this.#credentials.index.users.values()].some(
      (user) => !user.isDisabled && typeof user.passwordHash === 'string',
    );
  }
}
