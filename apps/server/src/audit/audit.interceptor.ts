import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { catchError, from, type Observable, switchMap, tap } from 'rxjs';
import { type Audited, AUDITED, failureOf } from '../http/audited.decorator.js';
import { claimedNameOf } from '../auth/identity.js';
import { Refusals } from '../http/refusals.js';
import { AuditTrail } from './audit-trail.service.js';
import { whoOf } from './who.js';

/** Records what routes marked `@Audited()` do: that they are about to, and how it ended. */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  readonly #reflector: Reflector;
  readonly #trail: AuditTrail;
  readonly #refusals: Refusals;

  constructor(reflector: Reflector, trail: AuditTrail, refusals: Refusals) {
    this.#refusals = refusals;
    this.#reflector = reflector;
    this.#trail = trail;
  }

  /** @throws AuditUnavailableError when it cannot be recorded; the route does not run then */
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const audited = this.#reflector.get<Audited | undefined>(AUDITED, context.getHandler());
    if (audited === undefined) return next.handle();
    const request = context.switchToHttp().getRequest<Request>();
    if (audited.isAct?.(request) === false) return this.#refused(request, next);
    const target = audited.target?.(request);
    const params = audited.params?.(request);
    const act = {
      action: audited.action,
      ...(target === undefined ? {} : { target }),
      ...(params === undefined ? {} : { params }),
    };
    return from(this.#trail.intent(whoOf(request), act)).pipe(
      switchMap((intent) =>
        next.handle().pipe(
          tap({
            complete: () => {
              // Who signs in is known only now.
              const failure = failureOf(request);
              if (failure === undefined) intent.done(undefined, whoOf(request));
              else intent.failed(failure);
            },
          }),
          catchError((error: unknown) => {
            const user = claimedNameOf(request);
            intent.failed(error, user === undefined ? undefined : { user });
            throw error;
          }),
        ),
      ),
    );
  }

  /** A route that answers as a page or a redirect why it does nothing. What it throws is told by who answers that. */
  #refused(request: Request, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      tap({
        complete: () => {
          const message = failureOf(request) ?? 'nothing was done';
          const status = request.res?.statusCode ?? 0;
          this.#refusals.tell({ request, status, code: 'unauthenticated', message });
        },
      }),
    );
  }
}
