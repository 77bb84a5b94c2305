import { Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { RateLimitedError } from '../app-error.js';
import { ADDRESS_LIMIT, addressKeyOf } from './rate-limits.js';
import { WindowCounter } from './window-counter.js';

/** Bounds what one address may ask in all, before anybody spends time on who is asking. */
@Injectable()
export class AddressLimit {
  readonly #counter = new WindowCounter();

  /** @throws RateLimitedError */
  readonly middleware = (request: Request, _response: Response, next: NextFunction): void => {
    const { isBlocked, timeToBlockExpire } = this.#counter.add(
      'requests',
      addressKeyOf(request),
      ADDRESS_LIMIT,
      1,
    );
    if (isBlocked) {
      throw new RateLimitedError(
        'Too many requests from this address; wait a moment.',
        timeToBlockExpire,
      );
    }
    next();
  };
}
