import { ForbiddenError, InvalidRequestError } from '../../http/app-error.js';
import type { Identity } from '../identity.js';

/**
 * Whether a list is to hold everybody's.
 *
 * @throws ForbiddenError when that is asked for by somebody who is no admin
 * @throws InvalidRequestError when `all` is something else than 1
 */
export function wantsAll(identity: Identity, all: string | undefined): boolean {
  if (all === undefined) return false;
  if (all !== '1') throw new InvalidRequestError("Ask for everybody's with ?all=1.");
  if (identity.role !== 'admin') throw new ForbiddenError("Only admins see everybody's.");
  return true;
}

/** Whether `identity` may end sign-ins and tokens of others. */
export function mayEndOthers({ role, readOnly }: Identity): boolean {
  return role === 'admin' && !readOnly;
}

/**
 * A token that leaked must not make itself successors, nor put its owner out.
 *
 * @throws ForbiddenError
 */
export function mustNotBeToken({ method }: Identity): void {
  if (method === 'access-token') {
    throw new ForbiddenError(
      'An access token cannot manage sign-ins and tokens: sign in yourself.',
    );
  }
}
