import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { TmuxyConfig } from '../config/config.js';
import { CredentialEvents } from './credential-events.js';
import type { Identity } from './identity.js';

const TRACKED_MAX = 10_000;
const CHECK_MS = 500;

/**
 * Credentials that come with every request and are no sign-in: a password by HTTP Basic, a proxy's
 * user. What is opened under one lives at most `signInHours`, so that nobody stays in for good with a
 * stream that is never opened again.
 */
@Injectable()
export class RequestCredentials implements OnModuleDestroy {
  readonly #events: CredentialEvents;
  readonly #longestMs: number;
  /** Credential → when it ends, the earliest first. */
  readonly #endsAt = new Map<string, number>();
  readonly #timer: NodeJS.Timeout;

  constructor(config: TmuxyConfig, events: CredentialEvents) {
    this.#events = events;
    this.#longestMs = config.signInHours * 3_600_000;
    this.#timer = setInterval(() => this.#endOld(), CHECK_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.#timer);
  }

  /** It was used; the first use counts. */
  use({ credentialId }: Identity): void {
    if (!/^(?:user|proxy):/.test(credentialId) || this.#endsAt.has(credentialId)) return;
    const [oldest] = this.#endsAt.keys();
    if (this.#endsAt.size >= TRACKED_MAX && oldest !== undefined) this.#end(oldest);
    this.#endsAt.set(credentialId, performance.now() + this.#longestMs);
  }

  #endOld(): void {
    for (const [credentialId, endsAt] of this.#endsAt) {
      if (endsAt > performance.now()) return;
      this.#end(credentialId);
    }
  }

  #end(credentialId: string): void {
    this.#endsAt.delete(credentialId);
    this.#events.end({ credentialId, reason: 'expired' });
  }
}
