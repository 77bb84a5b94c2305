import { HttpErrorResponse } from '@angular/common/http';
import { errorText } from '../ui/error-text';
import type { Credentials } from './sign-in-api';

/** Why a person who was signed in is here again: codes of `fatal` events. */
const REASONS: Readonly<Record<string, string>> = {
  'signed-out': 'You were signed out, here or from another browser of yours.',
  revoked: 'Your sign-in was ended by you on another device, or by an administrator.',
  expired: 'Your sign-in was too old or not used for a while. Your programs keep running.',
};

/** What went wrong at the identity provider: codes of the callback's `error` parameter. */
const PROVIDER_ERRORS: Readonly<Record<string, string>> = {
  'oidc-denied': 'The identity provider did not sign you in, or you said no there.',
  'oidc-failed':
    'Signing in with the identity provider did not work. Try again; the server’s log says why.',
  'oidc-no-role':
    'You are known to the identity provider, but nobody gave you a role here. Ask an administrator.',
  'oidc-expired': 'That took too long, or it was begun in another browser. Try once more.',
};

/** A sentence for the query parameter `reason`; null for none and for unknown ones. */
export function reasonText(reason: string | undefined): string | null {
  return reason !== undefined && Object.hasOwn(REASONS, reason) ? (REASONS[reason] ?? null) : null;
}

/** A sentence for the query parameter `error`, whatever it is: anybody can write one into a link. */
export function providerErrorText(error: string | undefined): string | null {
  if (error === undefined || error === '') return null;
  const known = Object.hasOwn(PROVIDER_ERRORS, error) ? PROVIDER_ERRORS[error] : undefined;
  return known ?? 'Signing in did not work. Try again.';
}

/** What to tell about a sign-in that was refused. */
export function refusalText(credentials: Credentials, error: unknown): string {
  if (!(error instanceof HttpErrorResponse)) return errorText(error);
  if (error.status === 429) return 'Too many attempts.';
  if (error.status !== 401) return errorText(error);
  return 'key' in credentials
    ? 'This key was already used or is too old: each works once. Make a new one with the command above.'
    : 'This user name and password do not fit together.';
}
