import { Injectable } from '@nestjs/common';
import { CredentialEvents } from '../auth/credential-events.js';
import type { Identity } from '../auth/identity.js';
import { assertStillIn } from '../auth/still-in.js';
import { RateLimitedError } from '../http/app-error.js';
import { Turns } from './uploads/turns.js';

/** Listings that wait for their turn under one credential; further ones are refused. */
export const LISTINGS_WAITING_MAX = 512;
/** When to come back: a listing takes far less. */
const RETRY_SECONDS = 1;

/**
 * Lets one listing at a time happen under one credential, in the order they came: a large directory takes a while
 * to be read and sorted, and whoever asks for it hundreds of times at once is not to hold everybody else up.
 */
@Injectable()
export class ListingGate {
  readonly #credentials: CredentialEvents;
  readonly #turns = new Turns();
  readonly #asked = new Map<string, number>();

  constructor(credentials: CredentialEvents) {
    this.#credentials = credentials;
  }

  /** @throws RateLimitedError when too many wait already; as `assertStillIn` */
  async pass<T>(identity: Identity, work: () => Promise<T>): Promise<T> {
    const { credentialId } = identity;
    const asked = this.#asked.get(credentialId) ?? 0;
    if (asked > LISTINGS_WAITING_MAX) {
      throw new RateLimitedError(
        'Too many directories are asked for at once; wait for some of them.',
        RETRY_SECONDS,
      );
    }
    this.#asked.set(credentialId, asked + 1);
    try {
      return await this.#turns.run(credentialId, () => {
        // It may have waited for long.
        assertStillIn(this.#credentials, identity);
        return work();
      });
    } finally {
      this.#leave(credentialId);
    }
  }

  #leave(credentialId: string): void {
    const left = (this.#asked.get(credentialId) ?? 1) - 1;
    if (left === 0) this.#asked.delete(credentialId);
    else this.#asked.set(credentialId, left);
  }
}
