import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { OidcFlow } from './oidc-flows.js';
import { OidcSignInService } from './oidc-sign-in.service.js';
import { OidcSignInError } from './oidc.errors.js';

const taken = new WeakMap<object, OidcFlow | OidcSignInError>();

/** Whether this browser has begun what the provider answers. */
export const belongsToFlow = (request: object): boolean =>
  taken.has(request) && !(taken.get(request) instanceof OidcSignInError);

/** The flow that a provider's answer belongs to; needs {@link OidcFlowGuard}. @throws OidcSignInError when there is none */
export function flowOf(request: object): OidcFlow {
  const flow = taken.get(request);
  if (flow === undefined) throw new Error('the route has no OidcFlowGuard');
  if (flow instanceof OidcSignInError) throw flow;
  return flow;
}

/** What a provider answered, as it stands in the address. */
export const answerOf = ({ originalUrl }: Request): URLSearchParams =>
  new URL(originalUrl, 'http://tmuxy.invalid').searchParams;

/** Finds the flow before anything is recorded: an answer to nothing is no sign-in, and whoever floods us with it is only counted. */
@Injectable()
export class OidcFlowGuard implements CanActivate {
  readonly #signIn: OidcSignInService;

  constructor(signIn: OidcSignInService) {
    this.#signIn = signIn;
  }

  canActivate(context: ExecutionContext): true {
    const request = context.switchToHttp().getRequest<Request>();
    try {
      taken.set(request, this.#signIn.take(request, answerOf(request)));
    } catch (error) {
      if (!(error instanceof OidcSignInError)) throw error;
      // The route leads the browser to a page that says so.
      taken.set(request, error);
    }
    return true;
  }
}
