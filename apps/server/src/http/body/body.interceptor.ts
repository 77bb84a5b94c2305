import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import type { Observable } from 'rxjs';
import { CredentialEvents } from '../../auth/credential-events.js';
import { identityOf } from '../../auth/identity.js';
import { assertStillIn } from '../../auth/still-in.js';
import { TooLargeError } from '../app-error.js';
import { InputBudget } from '../rate-limit/input-budget.js';
import { RATE_LIMIT, type RateLimitName } from '../rate-limit/rate-limit.decorator.js';
import { BODY_LIMIT, BODY_MAX_BYTES } from './body-limit.decorator.js';
import { declaredLength, hasBody, readBody } from './read-body.js';
import { assertContentType, assertJson } from './content-type.js';
import { STREAMED_BODY } from './streamed-body.decorator.js';
import { parseStrictJson } from './strict-json.js';
import { decodeUtf8 } from './utf8.js';

/**
 * Reads JSON bodies. An interceptor and not a middleware, because it runs after the guards: a body of
 * somebody without an identity is never parsed.
 */
@Injectable()
export class BodyInterceptor implements NestInterceptor {
  readonly #reflector: Reflector;
  readonly #budget: InputBudget;
  readonly #credentials: CredentialEvents;

  constructor(reflector: Reflector, budget: InputBudget, credentials: CredentialEvents) {
    this.#reflector = reflector;
    this.#budget = budget;
    this.#credentials = credentials;
  }

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const targets = [context.getHandler(), context.getClass()];
    const streamed = this.#reflector.getAllAndOverride<string | undefined>(STREAMED_BODY, targets);
    if (streamed !== undefined) {
      assertContentType(request.headers, streamed);
    } else if (hasBody(request)) {
      assertJson(request.headers);
      const limit =
        this.#reflector.getAllAndOverride<number | undefined>(BODY_LIMIT, targets) ??
        BODY_MAX_BYTES;
      const isInput =
        this.#reflector.getAllAndOverride<RateLimitName | undefined>(RATE_LIMIT, targets) ===
        'commands';
      const bytes = await this.#read(request, http.getResponse<Response>(), limit, isInput);
      const identity = identityOf(request);
      // A body may be held back for as long as a request may take: what ended meanwhile does nothing more.
      if (identity !== undefined) assertStillIn(this.#credentials, identity);
      request.body = parseStrictJson(decodeUtf8(bytes));
    }
    return next.handle();
  }

  /** Asks the budget before anything is read where the body says how long it is. */
  async #read(
    request: Request,
    response: Response,
    limit: number,
    isInput: boolean,
  ): Promise<Buffer> {
    const declared = declaredLength(request);
    if (isInput && declared !== undefined && declared <= limit) {
      this.#budget.spend(request, declared);
    }
    try {
      const bytes = await readBody(request, limit);
      if (isInput && declared === undefined) this.#budget.spend(request, bytes.length);
      return bytes;
    } catch (error) {
      // Nobody knows how much more there is to come.
      if (error instanceof TooLargeError) response.setHeader('Connection', 'close');
      throw error;
    }
  }
}
