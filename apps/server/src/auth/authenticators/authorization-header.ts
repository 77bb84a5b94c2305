import type { Request } from 'express';
import { UnauthenticatedError } from '../../http/app-error.js';

/** Longer ones are refused unread: ours have 60 characters, the longest Basic some 1,000. */
const HEADER_MAX = 2_048;

/**
 * What follows the scheme in the `Authorization` header (RFC 9110 §11.6.2).
 *
 * @returns undefined when the header is absent or of another scheme
 * @throws UnauthenticatedError when it is longer than anything of ours
 */
export function authorizationOf(request: Request, scheme: 'Basic' | 'Bearer'): string | undefined {
  const header = request.headers.authorization ?? '';
  if (header.slice(0, scheme.length).toLowerCase() !== scheme.toLowerCase()) return undefined;
  const rest = header.slice(scheme.length);
  if (rest !== '' && !rest.startsWith(' ')) return undefined;
  if (header.length > HEADER_MAX) throw new UnauthenticatedError('The credential is too long.');
  return rest.trim();
}
