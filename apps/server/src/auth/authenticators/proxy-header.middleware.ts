import { Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { TmuxyConfig } from '../../config/config.js';
import { TrustedProxies } from '../../http/edge/trusted-proxies.js';
import { isVariantOf, readProxiedUser } from './proxy-header.js';

/**
 * Takes off what must not be believed, before anybody can look: the user's headers where no trusted
 * proxy sent them, their spellings with `_` always, and the proxy's own Basic sign-in.
 */
@Injectable()
export class ProxyHeaderMiddleware implements NestMiddleware {
  readonly #config: TmuxyConfig;
  readonly #proxies: TrustedProxies;

  constructor(config: TmuxyConfig, proxies: TrustedProxies) {
    this.#config = config;
    this.#proxies = proxies;
  }

  /** @throws InvalidRequestError when a trusted proxy's headers are not what it alone could have set */
  use(request: Request, _response: Response, next: NextFunction): void {
    const { proxyUserHeader, proxyGroupsHeader } = this.#config;
    const isTrusted = this.#proxies.trusts(request.socket.remoteAddress);
    for (const header of Object.keys(request.headers)) {
      const isOurs = isVariantOf(header, proxyUserHeader) || isVariantOf(header, proxyGroupsHeader);
      if (isOurs && (!isTrusted || header.includes('_')))
        Reflect.deleteProperty(request.headers, header);
    }
    // nginx's auth_basic passes the browser's password on: it was meant for the proxy, which took it.
    if (
      isTrusted &&
      /^basic\s/i.test(request.headers.authorization ?? '') &&
      readProxiedUser(request, this.#config)
    ) {
      delete request.headers.authorization;
    }
    next();
  }
}
