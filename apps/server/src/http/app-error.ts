import type { ErrorCode } from '#dto';

/** What an {@link AppError} carries beside its message. */
export interface AppErrorOptions {
  readonly cause?: unknown;
  /** Sent to the client as they are: never put secrets or other people's text here. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/**
 * A failure the client may read: `message` for people, `code` for programs. Features derive their own
 * in `<feature>.errors.ts`; `AppErrorFilter` gives each code its HTTP status.
 */
export abstract class AppError extends Error {
  abstract readonly code: ErrorCode;
  readonly details?: Readonly<Record<string, unknown>>;

  constructor(message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    if (options.details) this.details = options.details;
  }
}

export class InvalidRequestError extends AppError {
  readonly code = 'invalid-request';
}

export class UnauthenticatedError extends AppError {
  readonly code = 'unauthenticated';
}

export class ForbiddenError extends AppError {
  readonly code = 'forbidden';
}

export class ReadOnlyError extends AppError {
  readonly code = 'read-only';
}

export class NotFoundError extends AppError {
  readonly code = 'not-found';
}

/** What is there is in the way of what was asked for; nothing was changed. */
export class ConflictError extends AppError {
  readonly code = 'conflict';
}

export class TooLargeError extends AppError {
  readonly code = 'too-large';
}

/** `size` of what was asked for becomes the `Content-Range` header (RFC 9110 §15.5.17). */
export class RangeNotSatisfiableError extends AppError {
  readonly code = 'range-not-satisfiable';
  readonly size: number;

  constructor(message: string, size: number) {
    super(message, { details: { size } });
    this.size = size;
  }
}

export class UnsupportedMediaTypeError extends AppError {
  readonly code = 'unsupported-media-type';
}

export class UnavailableError extends AppError {
  readonly code = 'unavailable';
}

/** `retryAfterSeconds` becomes the `Retry-After` header. */
export class RateLimitedError extends AppError {
  readonly code = 'rate-limited';
  readonly retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds: number, options: AppErrorOptions = {}) {
    super(message, options);
    this.retryAfterSeconds = Math.max(1, Math.ceil(retryAfterSeconds));
  }
}
