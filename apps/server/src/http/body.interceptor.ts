import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import express, { type Request, type RequestHandler, type Response } from 'express';
import type { Observable } from 'rxjs';
import { UnsupportedMediaTypeError } from './app-error.js';
import { BODY_LIMIT, BODY_MAX_BYTES } from './body-limit.decorator.js';

/**
 * Reads JSON bodies. An interceptor and not a middleware, because it runs after the guards: a body of
 * somebody without an identity is never parsed.
 */
@Injectable()
export class BodyInterceptor implements NestInterceptor {
  readonly #reflector: Reflector;
  readonly #parsers = new Map<number, RequestHandler>();

  constructor(reflector: Reflector) {
    this.#reflector = reflector;
  }

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    if (hasBody(request)) {
      // Forms and text/plain may be posted across origins without asking, JSON may not.
      if (!request.is('application/json'))
        throw new UnsupportedMediaTypeError('Send application/json.');
      const limit =
        this.#reflector.getAllAndOverride<number | undefined>(BODY_LIMIT, [
          context.getHandler(),
          context.getClass(),
        ]) ?? BODY_MAX_BYTES;
      await run(this.#parserOf(limit), request, http.getResponse<Response>());
    }
    return next.handle();
  }

  #parserOf(limit: number): RequestHandler {
    const known = this.#parsers.get(limit);
    if (known) return known;
    const parser = express.json({ limit, type: 'application/json', inflate: false });
    this.#parsers.set(limit, parser);
    return parser;
  }
}

/** Whether a body follows (RFC 9112 §6.3). */
function hasBody(request: Request): boolean {
  const length = request.headers['content-length'];
  return (
    request.headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0')
  );
}

function run(handler: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    void handler(request, response, (error?: unknown) => {
      if (error === undefined || error === null) resolve();
      else
        reject(
          error instanceof Error
            ? error
            : new Error('The body could not be read', { cause: error }),
        );
    });
  });
}
