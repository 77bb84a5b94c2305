import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpStatus,
  Logger,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import type { ErrorCode, ErrorView } from '#dto';
import { RangeNotSatisfiableError, RateLimitedError } from './app-error.js';
import { correlationIdOf } from './correlation-id.js';
import type { Refusals } from './refusals.js';
import { toAppError } from './to-app-error.js';

/** HTTP status of each error code (docs/protocol.md). */
export const STATUS_OF = {
  'invalid-request': HttpStatus.BAD_REQUEST,
  unauthenticated: HttpStatus.UNAUTHORIZED,
  'session-token-required': HttpStatus.UNAUTHORIZED,
  'session-token-invalid': HttpStatus.UNAUTHORIZED,
  forbidden: HttpStatus.FORBIDDEN,
  'read-only': HttpStatus.FORBIDDEN,
  'policy-denied': HttpStatus.FORBIDDEN,
  'origin-not-allowed': HttpStatus.FORBIDDEN,
  'host-not-allowed': HttpStatus.FORBIDDEN,
  'path-not-allowed': HttpStatus.FORBIDDEN,
  'not-found': HttpStatus.NOT_FOUND,
  conflict: HttpStatus.CONFLICT,
  'too-large': HttpStatus.PAYLOAD_TOO_LARGE,
  'range-not-satisfiable': HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
  'unsupported-media-type': HttpStatus.UNSUPPORTED_MEDIA_TYPE,
  'tmux-rejected': HttpStatus.UNPROCESSABLE_ENTITY,
  'rate-limited': HttpStatus.TOO_MANY_REQUESTS,
  internal: HttpStatus.INTERNAL_SERVER_ERROR,
  unavailable: HttpStatus.SERVICE_UNAVAILABLE,
} satisfies Record<ErrorCode, HttpStatus>;

const HEADERS_OF_FILES = ['Content-Type', 'Content-Range', 'ETag', 'Last-Modified'] as const;

/** Answers every failure as an {@link ErrorView}; what is not an `AppError` is told to the log only. */
@Catch()
export class AppErrorFilter implements ExceptionFilter {
  readonly #logger = new Logger(AppErrorFilter.name);
  readonly #refusals: Pick<Refusals, 'tell'>;

  constructor(refusals: Pick<Refusals, 'tell'>) {
    this.#refusals = refusals;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const correlationId = correlationIdOf(request);
    const known = toAppError(error);
    const status: number = STATUS_OF[known?.code ?? 'internal'];
    const view: ErrorView = {
      code: known?.code ?? 'internal',
      message:
        known?.message ?? 'Something went wrong here; the server log has more under this id.',
      correlationId,
      ...(known?.details ? { details: known.details } : {}),
    };

    this.#refusals.tell({ request, status, error, ...view });
    if (status >= 500) this.#logger.error({ err: error, correlationId }, 'request failed');
    if (response.headersSent) {
      // Half an answer is out: cutting the connection is the only way left to say that it failed.
      response.destroy();
      return;
    }
    if (known instanceof RateLimitedError)
      response.setHeader('Retry-After', String(known.retryAfterSeconds));
    // A file's headers may be set by the time it turns out that it is not sent: nobody keeps an error as it.
    response.setHeader('Cache-Control', 'no-store');
    for (const name of HEADERS_OF_FILES) response.removeHeader(name);
    if (known instanceof RangeNotSatisfiableError)
      response.setHeader('Content-Range', `bytes */${known.size}`);
    response.status(status).json(view);
  }
}
