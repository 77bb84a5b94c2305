import { Injectable } from '@nestjs/common';
import { CredentialsService } from '../credentials/credentials.service.js';
import { userNameIn } from './user-name.js';

/** Who can sign in with a password. `tmuxy user` changes it. */
@Injectable()
export class UsersService {
  readonly #credentials: CredentialsService;

  constructor(credentials: CredentialsService) {
    this.#credentials = credentials;
  }

  /** Whether there is a user of this name, as typed. */
  has(typedName: string): boolean {
    const name = userNameIn(typedName);
    return name !== undefined && this.#credentials.index.usersByName.has(name);
  }

  /** Whether anybody can sign in with a password; also who was added a moment ago. */
  async hasUsers(): Promise<boolean> {
    if (this.#knowsUsers()) return true;
    await this.#credentials.refresh();
    return this.#knowsUsers();
  }

  #knowsUsers(): boolean {
    return [...this.#credentials.index.users.values()].some(
      (user) => !user.isDisabled && typeof user.passwordHash === 'string',
    );
  }
}
