import { UnauthenticatedError, UnavailableError } from '../http/app-error.js';
import type { CredentialEvents } from './credential-events.js';
import type { Identity } from './identity.js';

/**
 * For requests that waited after the guard let them in, for tmux or for the rest of their body: whoever was in
 * then may be out by now, and nobody would ask again.
 *
 * @throws UnauthenticatedError when the credential has ended meanwhile
 * @throws UnavailableError when its rights changed, as those known to the request are old
 */
export function assertStillIn(
  credentials: Pick<CredentialEvents, 'endedSince'>,
  identity: Identity,
): void {
  const ended = credentials.endedSince(identity);
  if (ended === 'rights-changed') throw new UnavailableError('Your rights were just changed.');
  if (ended !== undefined) throw new UnauthenticatedError('You have just been signed out.');
}
