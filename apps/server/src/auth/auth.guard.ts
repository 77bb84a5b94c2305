import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { TmuxyConfig } from '../config/config.js';
import { UnauthenticatedError } from '../http/app-error.js';
import { setIdentity } from './identity.js';
import { PUBLIC } from './public.decorator.js';
import { cookiePlaceOf, readSignInCookie } from './sign-in-cookie.js';
import { SignInsService } from './sign-ins.service.js';

/** Lets nobody through who did not sign in, on every route that is not `@Public()`. */
@Injectable()
export class AuthGuard implements CanActivate {
  readonly #reflector: Reflector;
  readonly #signIns: SignInsService;
  readonly #config: TmuxyConfig;

  constructor(reflector: Reflector, signIns: SignInsService, config: TmuxyConfig) {
    this.#reflector = reflector;
    this.#signIns = signIns;
    this.#config = config;
  }

  /** @throws UnauthenticatedError */
  canActivate(context: ExecutionContext): true {
    const isPublic = this.#reflector.getAllAndOverride<boolean | undefined>(PUBLIC, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (isPublic === true) return true;
    const request = context.switchToHttp().getRequest<Request>();
    const place = cookiePlaceOf(request, this.#config.basePath);
    const value = readSignInCookie(place, request.headers.cookie);
    const identity = value === undefined ? undefined : this.#signIns.resolve(value);
    if (!identity) throw new UnauthenticatedError('Sign in first.');
    setIdentity(request, identity);
    return true;
  }
}
