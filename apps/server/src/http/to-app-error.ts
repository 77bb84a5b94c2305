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
  if (error instanceof HttpException) return ofStatus(error.getStatus())?.(error);
  if (error instanceof URIError)
    return new InvalidRequestError('The address is malformed.', { cause: error });
  return undefined;
}

/** Fours without a code of their own (412, 416…) are the client's fault all the same. */
function ofStatus(status: number): ((cause: unknown) => AppError) | undefined {
  const isClients = status >= 400 && status < 500;
  return HTTP_ERRORS[status] ?? (isClients ? HTTP_ERRORS[HttpStatus.BAD_REQUEST] : undefined);
}
