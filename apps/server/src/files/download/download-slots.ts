import { Injectable } from '@nestjs/common';
import { CredentialEvents } from '../../auth/credential-events.js';
import { RateLimitedError } from '../../http/app-error.js';

/** Files that are being read at once under one credential. */
export const DOWNLOADS_MAX = 8;
/** When to come back: a slot is free as soon as one of them is over. */
const RETRY_SECONDS = 1;

/** Counts downloads by credential, and ends those whose credential has ended. */
@Injectable()
export class DownloadSlots {
  readonly #open = new Map<string, Set<() => void>>();

  constructor(credentials: CredentialEvents) {
    credentials.onEnded(({ credentialId }) => {
      for (const end of this.#open.get(credentialId) ?? []) end();
    });
  }

  /**
   * @param end called when the credential ends before the slot is given back
   * @returns what gives the slot back
   * @throws RateLimitedError when too many are taken
   */
  take(credentialId: string, end: () => void): () => void {
    const taken = this.#open.get(credentialId) ?? new Set();
    if (taken.size >= DOWNLOADS_MAX) {
      throw new RateLimitedError(
        `At most ${DOWNLOADS_MAX} files can be downloaded at once; wait for one to end.`,
        RETRY_SECONDS,
      );
    }
    const slot = (): void => {
      end();
    };
    this.#open.set(credentialId, taken.add(slot));
    return () => {
      taken.delete(slot);
      if (taken.size === 0) this.#open.delete(credentialId);
    };
  }
}
