import { SetMetadata } from '@nestjs/common';

/** Most bytes of a request body where the route says nothing else. */
export const BODY_MAX_BYTES = 64 * 1024;

export const BODY_LIMIT = Symbol('body-limit');

/** Most bytes a route's body may have; more is answered with `too-large`. */
export const BodyLimit = (bytes: number) => SetMetadata(BODY_LIMIT, bytes);
