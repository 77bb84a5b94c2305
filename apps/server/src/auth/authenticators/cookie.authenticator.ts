import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { TmuxyConfig } from '../../config/config.js';
import type { Grant } from '../rights.js';
import { cookiePlaceOf, readSignInCookie } from '../sign-in-cookie.js';
import { SignInsService } from '../sign-ins.service.js';
import type { Authenticator } from './authenticator.js';

/** Browsers that signed in. */
@Injectable()
export class CookieAuthenticator implements Authenticator {
  readonly #signIns: SignInsService;
  readonly #config: TmuxyConfig;

  constructor(signIns: SignInsService, config: TmuxyConfig) {
    this.#signIns = signIns;
    this.#config = config;
  }

  /** A cookie that is no longer good counts as none: the browser cannot take it back itself. */
  authenticate(request: Request): Grant | undefined {
    const place = cookiePlaceOf(request, this.#config.basePath);
    const value = readSignInCookie(place, request.headers.cookie);
    return value === undefined ? undefined : this.#signIns.resolve(value);
  }
}
