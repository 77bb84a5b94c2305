import { Injectable } from '@nestjs/common';
import { createSecret, digestOf, isSecret } from './secrets.js';

/**
 * What `tmuxy link` shows to prove that it may read this user's files; new at every start and written
 * to `<stateDir>/servers/<port>.json` only.
 */
@Injectable()
export class LinkSecret {
  readonly value = createSecret();
  readonly #digest = digestOf(this.value);

  /** Whether an `Authorization` header carries it as bearer (RFC 6750 §2.1). */
  isIn(authorization: string | undefined): boolean {
    const given = /^Bearer ([^\s]+)$/i.exec(authorization ?? '')?.[1];
    return isSecret(given) && digestOf(given) === this.#digest;
  }
}
