import { Injectable } from '@nestjs/common';
import { type Account, accountOfStranger, accountOfUser, LOCAL_ACCOUNT } from './accounts.js';
import { CredentialsService } from './credentials/credentials.service.js';
import type { Identity } from './identity.js';

/** Tells whose credentials a request may manage. */
@Injectable()
export class AccountOfService {
  readonly #credentials: CredentialsService;

  constructor(credentials: CredentialsService) {
    this.#credentials = credentials;
  }

  accountOf({ credentialId, method, name }: Identity): Account {
    const { signIns, tokens, usersByName } = this.#credentials.index;
    if (credentialId === 'none') return LOCAL_ACCOUNT;
    const at = credentialId.indexOf(':');
    const kind = credentialId.slice(0, at);
    const id = credentialId.slice(at + 1);
    const user = kind === 'user' ? usersByName.get(id) : undefined;
    const known =
      kind === 'sign-in'
        ? signIns.get(id)?.account
        : kind === 'token'
          ? tokens.get(id)?.account
          : user && accountOfUser(user.id);
    return known ?? accountOfStranger(method, name);
  }
}
