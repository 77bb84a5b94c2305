import { Injectable } from '@nestjs/common';
import { createSecret, digestOf, isSecret } from './secrets.js';

/** How long a key of `tmuxy link` can be used. */
export const LINK_KEY_LIFETIME_MS = 10 * 60_000;
/** Most unused link keys; past it the oldest stops working. */
export const LINK_KEYS_MAX = 32;

/** Keys that sign one browser in, once. Kept in memory as digests: a restart ends them. */
@Injectable()
export class OneTimeKeysService {
  /** Digest → when it ends. The order is that of issue. */
  readonly #links = new Map<string, number>();
  #startUp: string | undefined;

  /**
   * The key printed at start. It does not expire, as whoever starts a server at night may open it in
   * the morning; the next one replaces it.
   */
  issueStartUpKey(): string {
    const key = createSecret();
    this.#startUp = digestOf(key);
    return key;
  }

  /** A key for `tmuxy link`, good for {@link LINK_KEY_LIFETIME_MS}. */
  issueLinkKey(): string {
    const key = createSecret();
    const [oldest] = this.#links.keys();
    if (this.#links.size >= LINK_KEYS_MAX && oldest !== undefined) this.#links.delete(oldest);
    this.#links.set(digestOf(key), performance.now() + LINK_KEY_LIFETIME_MS);
    return key;
  }

  /** @returns whether `key` was good; it is not any more */
  redeem(key: string): boolean {
    if (!isSecret(key)) return false;
    const digest = digestOf(key);
    if (digest === this.#startUp) {
      this.#startUp = undefined;
      return true;
    }
    const endsAt = this.#links.get(digest);
    this.#links.delete(digest);
    return endsAt !== undefined && endsAt > performance.now();
  }
}
