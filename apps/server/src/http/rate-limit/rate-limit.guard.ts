import { type ExecutionContext, Injectable } from '@nestjs/common';
import {
  ThrottlerGuard,
  type ThrottlerLimitDetail,
  type ThrottlerRequest,
} from '@nestjs/throttler';
import type { Request, Response } from 'express';
import { RateLimitedError } from '../app-error.js';
import { WindowCounter } from './window-counter.js';

/** Nest's throttler, refusing in our own words; of sign-ins only the failed ones count. */
@Injectable()
export class RateLimitGuard extends ThrottlerGuard {
  protected override async handleRequest(limited: ThrottlerRequest): Promise<boolean> {
    const isAllowed = await super.handleRequest(limited);
    if (limited.throttler.name?.startsWith('sign-in') === true)
      await this.#giveBackOnSuccess(limited);
    return isAllowed;
  }

  protected override throwThrottlingException(
    _context: ExecutionContext,
    detail: ThrottlerLimitDetail,
  ): Promise<void> {
    return Promise.reject(
      new RateLimitedError('Too many requests; wait a moment.', detail.timeToBlockExpire),
    );
  }

  async #giveBackOnSuccess({ context, getTracker, throttler }: ThrottlerRequest): Promise<void> {
    const counter = this.storageService;
    if (!(counter instanceof WindowCounter)) return;
    const http = context.switchToHttp();
    const caller = await getTracker(http.getRequest<Request>(), context);
    const response = http.getResponse<Response>();
    response.once('finish', () => {
      if (response.statusCode < 400) counter.giveBack(throttler.name ?? '', caller);
    });
  }
}
