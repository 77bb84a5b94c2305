import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { ThrottlerModuleOptions } from '@nestjs/throttler';
import type { Request } from 'express';
import { identityOf } from '../../auth/identity.js';
import { RATE_LIMIT, type RateLimitName } from './rate-limit.decorator.js';
import { WindowCounter } from './window-counter.js';

/** Requests in a window of `ttlMs` per caller (a sign-in, or an address where nobody signed in). */
export const RATE_LIMITS = {
  default: { limit: 600, ttlMs: 60_000 },
  /** Guessed keys: those that were right are not counted. */
  'sign-in': { limit: 10, ttlMs: 60_000 },
  /** Every key press is a request: 1,000 a second, with 10 seconds to even out. */
  commands: { limit: 10_000, ttlMs: 10_000 },
  /** Streams opened: a page with many tabs that all reconnect. */
  events: { limit: 300, ttlMs: 60_000 },
} as const satisfies Record<Exclude<RateLimitName, 'none'>, { limit: number; ttlMs: number }>;

/** Options of the throttler: a route counts against the one limit it names. */
export function throttlerOptions(): ThrottlerModuleOptions {
  const reflector = new Reflector();
  const limitOf = (context: ExecutionContext): RateLimitName =>
    reflector.getAllAndOverride<RateLimitName | undefined>(RATE_LIMIT, [
      context.getHandler(),
      context.getClass(),
    ]) ?? 'default';
  return {
    throttlers: Object.entries(RATE_LIMITS).map(([name, { limit, ttlMs }]) => ({
      name,
      limit,
      ttl: ttlMs,
      skipIf: (context: ExecutionContext) => limitOf(context) !== name,
    })),
    storage: new WindowCounter(),
    setHeaders: false,
    getTracker: (_request, context) => callerOf(context.switchToHttp().getRequest<Request>()),
    generateKey: (_context, caller, name) => `${name} ${caller}`,
  };
}

function callerOf(request: Request): string {
  return identityOf(request)?.signInId ?? request.ip ?? 'unknown';
}
