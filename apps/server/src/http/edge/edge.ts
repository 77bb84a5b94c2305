import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { TmuxyConfig } from '../../config/config.js';
import { NotFoundError } from '../app-error.js';
import { readClientAddress, setClientAddress } from './client-address.js';
import { allowReading, answerPreflight, dropAmbientCredentials } from './cors.js';
import { senderOf } from './origin-check.js';
import { outsideOf, readOutside, setOutside } from './outside.js';
import { OwnOrigins } from './own-origins.js';
import type { TrustedProxies } from './trusted-proxies.js';

/** Finds out where a request comes from and how it reaches us, for all that comes after. Refuses nothing. */
export function readSurroundings(config: TmuxyConfig, proxies: TrustedProxies): RequestHandler {
  return (request: Request, _response: Response, next: NextFunction): void => {
    setOutside(request, readOutside(request, proxies, config));
    setClientAddress(request, readClientAddress(request, proxies));
    next();
  };
}

/** Refuses requests for names that are not ours. */
export function checkHost(config: TmuxyConfig): RequestHandler {
  const own = new OwnOrigins(config);
  return (request: Request, _response: Response, next: NextFunction): void => {
    own.assertHost(outsideOf(request));
    next();
  };
}

/** Refuses what pages of other sites send, and answers those of `corsOrigins`. */
export function checkOrigin(config: TmuxyConfig): RequestHandler {
  const own = new OwnOrigins(config);
  const listed = new Set(config.corsOrigins);
  return (request: Request, response: Response, next: NextFunction): void => {
    const outside = outsideOf(request);
    const { origin } = request.headers;
    const sender = senderOf(
      request,
      (asked) => own.hasOrigin(asked, outside),
      (asked) => listed.has(asked),
    );
    if (sender === 'foreign' && origin !== undefined) {
      allowReading(response, origin);
      dropAmbientCredentials(request, config);
      if (request.method === 'OPTIONS') {
        answerPreflight(response);
        return;
      }
    } else if (request.method === 'OPTIONS') {
      throw new NotFoundError('There is nothing to ask about here.');
    }
    next();
  };
}
