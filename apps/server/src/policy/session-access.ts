import { Injectable } from '@nestjs/common';
import type { Identity } from '../auth/identity.js';
import { canChange, canSee, isOnlyLooking, seesAll } from '../auth/rights.js';
import { TmuxyConfig } from '../config/config.js';
import { ForbiddenError, ReadOnlyError } from '../http/app-error.js';

/** What an identity may do with a session of some name. Its name of now, which may change at any time. */
@Injectable()
export class SessionAccess {
  readonly #config: TmuxyConfig;

  constructor(config: TmuxyConfig) {
    this.#config = config;
  }

  /** Whether it exists for `identity`: what it may not see must look like what is not there. */
  canSee(identity: Pick<Identity, 'sessions'>, name: string): boolean {
    return canSee(identity, name);
  }

  canChange(identity: Pick<Identity, 'role' | 'readOnly'>, name: string): boolean {
    return canChange(identity, name, this.#config);
  }

  /** Whether there may be sessions that `identity` cannot see or cannot change. */
  isLimited(identity: Pick<Identity, 'sessions'>): boolean {
    return !seesAll(identity) || this.#config.readOnlySessions.length > 0;
  }

  /** @throws ReadOnlyError */
  assertMayChange(identity: Pick<Identity, 'role' | 'readOnly'>, name: string): void {
    if (isOnlyLooking(identity)) {
      throw new ReadOnlyError('You may look at sessions here, not change them.');
    }
    if (!this.canChange(identity, name)) {
      throw new ReadOnlyError(`The session “${name}” is read-only here (readOnlySessions).`);
    }
  }

  /**
   * Checks the name that a session shall get, whether one is called so or not.
   * @throws ForbiddenError when they could not see it then; ReadOnlyError when they could not change it
   */
  assertMayName(identity: Identity, name: string): void {
    if (isOnlyLooking(identity)) {
      throw new ReadOnlyError('You may look at sessions here, not change them.');
    }
    if (!this.canSee(identity, name)) {
      throw new ForbiddenError(
        `You may not call a session “${name}”: only names that fit your sessions.`,
      );
    }
    this.assertMayChange(identity, name);
  }
}
