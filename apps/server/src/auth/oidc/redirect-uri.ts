import type { TmuxyConfig } from '../../config/config.js';
import { InvalidRequestError } from '../../http/app-error.js';
import type { Outside } from '../../http/edge/outside.js';

/** Below the base path. */
export const OIDC_CALLBACK_PATH = '/api/sign-in/oidc/callback';

/**
 * Where the provider shall send this browser back to: below the address it used itself, as the proxies
 * and `publicOrigins` of the configuration tell it. The provider takes only what was registered there.
 *
 * @throws InvalidRequestError when nobody knows that address
 */
export function redirectUriOf(
  { host, origin }: Pick<Outside, 'host' | 'origin'>,
  { basePath }: Pick<TmuxyConfig, 'basePath'>,
): string {
  if (host === '') throw new InvalidRequestError('The Host header names no host.');
  return origin + (basePath === '/' ? '' : basePath) + OIDC_CALLBACK_PATH;
}
