import type { RequestHandler } from 'express';
import type { TmuxyConfig } from '../config/config.js';
import { isForProxiesOnly, isLoopback } from '../config/listening.js';
import { ForbiddenError } from '../http/app-error.js';
import type { TrustedProxies } from '../http/edge/trusted-proxies.js';

/** How Node writes an IPv4 peer of a socket that listens on `::`. */
const MAPPED = /^::ffff:/i;

/**
 * Where we listen beyond loopback without TLS, for proxies: refuses everybody who is neither a listed proxy nor
 * on this machine, because they would sign in and type in the clear.
 *
 * @returns undefined where that cannot happen
 */
export function refusePlainPeers(
  config: TmuxyConfig,
  proxies: TrustedProxies,
): RequestHandler | undefined {
  if (!isForProxiesOnly(config)) return undefined;
  return (request, _response, next) => {
    const peer = request.socket.remoteAddress ?? '';
    if (isLoopback(peer.replace(MAPPED, '')) || proxies.trusts(peer)) next();
    else {
      next(
        new ForbiddenError(
          'This port is for reverse proxies, and your address is none of them (trustedProxies). ' +
            'Ask through the proxy, by https.',
        ),
      );
    }
  };
}
