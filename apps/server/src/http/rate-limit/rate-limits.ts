import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { ThrottlerModuleOptions, ThrottlerOptions } from '@nestjs/throttler';
import type { Request } from 'express';
import { identityOf } from '../../auth/identity.js';
import { clientAddressOf, limitKeyOf } from '../edge/client-address.js';
import { RATE_LIMIT, type RateLimitName } from './rate-limit.decorator.js';
import { WindowCounter, type WindowLimit } from './window-counter.js';

const MIB = 1024 * 1024;

/**
 * Requests in a window of `ttlMs`: `limit` per caller (a credential, or an address where nobody was asked),
 * `addressLimit` for all callers of one address together, which may be those of a whole office.
 */
export const RATE_LIMITS = {
  default: { limit: 600, addressLimit: 6_000, ttlMs: 60_000 },
  /** Guesses: sign-ins that were right are not counted. */
  'sign-in': { limit: 10, addressLimit: 10, ttlMs: 60_000 },
  /** Every key press is a request: a repeating key makes 50 a second, in each of 20 tabs. */
  commands: { limit: 10_000, addressLimit: 50_000, ttlMs: 10_000 },
  /** Streams opened: a page with many tabs that all reconnect. */
  events: { limit: 120, addressLimit: 1_200, ttlMs: 60_000 },
  /** Looking around in a tree, and the pieces of an upload. */
  files: { limit: 300, addressLimit: 3_000, ttlMs: 10_000 },
} as const satisfies Record<
  Exclude<RateLimitName, 'none'>,
  WindowLimit & { readonly addressLimit: number }
>;

/** Guesses of everybody together: many addresses that each guess little are no faster than this. */
export const ALL_SIGN_INS_LIMIT = { limit: 100, ttlMs: 10_000 } as const satisfies WindowLimit;

/** Requests of one address, whatever they are for and before anybody is asked who they are. */
export const ADDRESS_LIMIT = { limit: 60_000, ttlMs: 10_000 } as const satisfies WindowLimit;

/** Bytes of typed and pasted text, as JSON, of one credential and of one address. */
export const INPUT_BYTES_LIMITS = {
  caller: { limit: 32 * MIB, ttlMs: 10_000 },
  address: { limit: 128 * MIB, ttlMs: 10_000 },
} as const satisfies Record<string, WindowLimit>;

/** Whose guesses {@link ALL_SIGN_INS_LIMIT} counts. */
const EVERYBODY = 'everybody';

/** Options of the throttler: a route counts against the one bucket it names, by caller and by address. */
export function throttlerOptions(): ThrottlerModuleOptions {
  const reflector = new Reflector();
  const bucketOf = (context: ExecutionContext): RateLimitName =>
    reflector.getAllAndOverride<RateLimitName | undefined>(RATE_LIMIT, [
      context.getHandler(),
      context.getClass(),
    ]) ?? 'default';
  const throttler = (
    bucket: string,
    by: string,
    { limit, ttlMs }: WindowLimit,
    trackerOf: (request: Request) => string,
  ): ThrottlerOptions => ({
    name: `${bucket}${by}`,
    limit,
    ttl: ttlMs,
    skipIf: (context) => bucketOf(context) !== bucket,
    getTracker: (_request, context) => trackerOf(context.switchToHttp().getRequest<Request>()),
  });
  return {
    throttlers: [
      ...Object.entries(RATE_LIMITS).flatMap(([bucket, { limit, addressLimit, ttlMs }]) => [
        throttler(bucket, '', { limit, ttlMs }, callerOf),
        throttler(bucket, '-address', { limit: addressLimit, ttlMs }, addressKeyOf),
      ]),
      throttler('sign-in', '-all', ALL_SIGN_INS_LIMIT, () => EVERYBODY),
    ],
    storage: new WindowCounter(),
    setHeaders: false,
    generateKey: (_context, tracker) => tracker,
  };
}

/** The credential a request came with, or its address where nobody was asked. */
export function callerOf(request: Request): string {
  return identityOf(request)?.credentialId ?? addressKeyOf(request);
}

/** What limits by address count by. */
export function addressKeyOf(request: Request): string {
  return limitKeyOf(clientAddressOf(request));
}
