import { SetMetadata } from '@nestjs/common';

/** `none` is for routes that cost nothing and are asked by machines (health). */
export type RateLimitName = 'default' | 'sign-in' | 'commands' | 'events' | 'files' | 'none';

export const RATE_LIMIT = Symbol('rate-limit');

/** Which of the limits in rate-limits.ts counts for a route or controller; `default` where absent. */
export const RateLimit = (name: RateLimitName) => SetMetadata(RATE_LIMIT, name);
