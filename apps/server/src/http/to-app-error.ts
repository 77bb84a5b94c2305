import { HttpException, HttpStatus } from '@nestjs/common';
import { ThrottlerException } from '@nestjs/throttler';
import {
  AppError,
  ForbiddenError,
  InvalidRequestError,
  NotFoundError,
  RateLimitedError,
  TooLargeError,
  UnauthenticatedError,
  UnavailableError,
  UnsupportedMediaTypeError,
} from './app-error.js';

/** `type` of the errors the body parser throws (npm: raw-body, body-parser) → what we answer. */
const BODY_ERRORS: Readonly<Record<string, (cause: unknown) => AppError>> = {
  'entity.parse.failed': (cause) =>
    new InvalidRequestError('The body is not valid JSON.', { cause }),
  'entity.verify.failed': (cause) => new InvalidRequestError('The body was refused.', { cause }),
  'request.aborted': (cause) => new InvalidRequestError('The body ended early.', { cause }),
  'request.size.invalid': (cause) =>
    new InvalidRequestError('The body is not as long as Content-Length says.', { cause }),
  'entity.too.large': (cause) => new TooLargeError('The body is too large.', { cause }),
  'encoding.unsupported': (cause) =>
    new UnsupportedMediaTypeError('This Content-Encoding is not supported.', { cause }),
  'charset.unsupported': (cause) =>
    new UnsupportedMediaTypeError('This character set is not supported; send UTF-8.', { cause }),
};

/** Exceptions of Nest and Express by status; their own texts are not ours to show. */
const HTTP_ERRORS: Readonly<Record<number, (cause: unknown) => AppError>> = {
  [HttpStatus.BAD_REQUEST]: (cause) =>
    new InvalidRequestError('The request is malformed.', { cause }),
  [HttpStatus.UNAUTHORIZED]: (cause) => new UnauthenticatedError('Sign in first.', { cause }),
  [HttpStatus.FORBIDDEN]: (cause) => new ForbiddenError('This is not allowed.', { cause }),
  [HttpStatus.NOT_FOUND]: (cause) => new NotFoundError('There is nothing here.', { cause }),
  [HttpStatus.METHOD_NOT_ALLOWED]: (cause) =>
    new NotFoundError('There is nothing here.', { cause }),
  [HttpStatus.PAYLOAD_TOO_LARGE]: (cause) => new TooLargeError('The body is too large.', { cause }),
  [HttpStatus.UNSUPPORTED_MEDIA_TYPE]: (cause) =>
    new UnsupportedMediaTypeError('Send application/json.', { cause }),
  [HttpStatus.SERVICE_UNAVAILABLE]: (cause) =>
    new UnavailableError('Not available now.', { cause }),
};

/** @returns what the client may hear of `error`, undefined when it is a fault of ours */
export function toAppError(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error;
  if (error instanceof ThrottlerException) return new RateLimitedError('Too many requests.', 60);
  if (error instanceof HttpException) return HTTP_ERRORS[error.getStatus()]?.(error);
  if (error instanceof URIError)
    return new InvalidRequestError('The address is malformed.', { cause: error });
  const type =
    typeof error === 'object' && error !== null && 'type' in error ? error.type : undefined;
  if (typeof type !== 'string' || !Object.hasOwn(BODY_ERRORS, type)) return undefined;
  return BODY_ERRORS[type]?.(error);
}
