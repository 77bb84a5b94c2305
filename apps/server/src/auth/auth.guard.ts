import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { TmuxyConfig } from '../config/config.js';
import { UnauthenticatedError } from '../http/app-error.js';
import { AUTHENTICATORS, type Authenticator } from './authenticators/authenticator.js';
import { setIdentity } from './identity.js';
import { CredentialActivity } from './credential-activity.js';
import { NO_ACTIVITY } from './no-activity.decorator.js';
import { PUBLIC } from './public.decorator.js';
import { type Grant, toIdentity } from './rights.js';

/** Lets nobody through who did not say who they are, on every route that is not `@Public()`. */
@Injectable()
export class AuthGuard implements CanActivate {
  readonly #reflector: Reflector;
  readonly #authenticators: readonly Authenticator[];
  readonly #activity: CredentialActivity;
  readonly #config: TmuxyConfig;

  constructor(
    reflector: Reflector,
    @Inject(AUTHENTICATORS) authenticators: readonly Authenticator[],
    activity: CredentialActivity,
    config: TmuxyConfig,
  ) {
    this.#reflector = reflector;
    this.#authenticators = authenticators;
    this.#activity = activity;
    this.#config = config;
  }

  /** @throws UnauthenticatedError */
  async canActivate(context: ExecutionContext): Promise<true> {
    if (this.#isMarked(PUBLIC, context)) return true;
    const request = context.switchToHttp().getRequest<Request>();
    const grant = await this.#ask(request);
    if (!grant) throw new UnauthenticatedError('Sign in first.');
    const identity = toIdentity(grant, this.#config);
    setIdentity(request, identity);
    this.#activity.note(identity, !this.#isMarked(NO_ACTIVITY, context));
    return true;
  }

  #isMarked(mark: symbol, context: ExecutionContext): boolean {
    const targets = [context.getHandler(), context.getClass()];
    return this.#reflector.getAllAndOverride<boolean | undefined>(mark, targets) === true;
  }

  /** The first that finds a credential of its kind decides. */
  async #ask(request: Request): Promise<Grant | undefined> {
    for (const authenticator of this.#authenticators) {
      const grant = await authenticator.authenticate(request);
      if (grant) return grant;
    }
    return undefined;
  }
}
