import { Injectable } from '@nestjs/common';
import { admittedAt, type Identity } from './identity.js';

/** Why a credential is worth nothing any more; the code of the `fatal` event its streams end with. */
export type CredentialEndReason = 'signed-out' | 'revoked' | 'expired' | 'rights-changed';

export interface CredentialEnd {
  /** `Identity.credentialId`. */
  readonly credentialId: string;
  readonly reason: CredentialEndReason;
}

/** How long an end is remembered for requests that were let in before it. */
const REMEMBER_MS = 60_000;

/** Tells whoever holds something open for a credential that it has ended. */
@Injectable()
export class CredentialEvents {
  readonly #listeners = new Set<(end: CredentialEnd) => void>();
  /** By credential, the oldest first. */
  readonly #recent = new Map<
    string,
    { readonly reason: CredentialEndReason; readonly at: number }
  >();

  /** @returns a function that stops it */
  onEnded(listener: (end: CredentialEnd) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** All listeners have been told when this returns. */
  end(end: CredentialEnd): void {
    const now = performance.now();
    for (const [id, { at }] of this.#recent) {
      if (at > now - REMEMBER_MS) break;
      this.#recent.delete(id);
    }
    this.#recent.delete(end.credentialId);
    this.#recent.set(end.credentialId, { reason: end.reason, at: now });
    for (const listener of this.#listeners) listener(end);
  }

  /**
   * Whether the credential has ended since the request was let in: what a request opens only later (a
   * stream waits for tmux first) was not there to be told.
   */
  endedSince(identity: Identity): CredentialEndReason | undefined {
    const end = this.#recent.get(identity.credentialId);
    const since = admittedAt(identity);
    return end !== undefined && since !== undefined && end.at >= since ? end.reason : undefined;
  }
}
