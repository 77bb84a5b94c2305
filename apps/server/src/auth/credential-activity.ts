import { Injectable } from '@nestjs/common';
import { CredentialsService } from './credentials/credentials.service.js';
import type { Identity } from './identity.js';
import { RequestCredentials } from './request-credentials.js';

/** Told by the guard of every request it lets in. */
@Injectable()
export class CredentialActivity {
  readonly #credentials: CredentialsService;
  readonly #perRequest: RequestCredentials;

  constructor(credentials: CredentialsService, perRequest: RequestCredentials) {
    this.#credentials = credentials;
    this.#perRequest = perRequest;
  }

  /** @param isActivity whether somebody did something; a page that opens its stream again did not */
  note(identity: Identity, isActivity: boolean): void {
    if (isActivity) this.#credentials.use(identity.credentialId);
    this.#perRequest.use(identity);
  }
}
