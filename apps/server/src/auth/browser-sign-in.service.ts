import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { TmuxyConfig } from '../config/config.js';
import { clientAddressOf } from '../http/edge/client-address.js';
import { setIdentity } from './identity.js';
import { cookiePlaceOf, readSignInCookie, signInCookie, signOutCookie } from './sign-in-cookie.js';
import { type NewSignIn, SignInsService } from './sign-ins.service.js';

/** Signs browsers in and out: a sign-in on our side, a cookie on theirs. */
@Injectable()
export class BrowserSignInService {
  readonly #signIns: SignInsService;
  readonly #config: TmuxyConfig;

  constructor(signIns: SignInsService, config: TmuxyConfig) {
    this.#signIns = signIns;
    this.#config = config;
  }

  /**
   * Signs the browser in as `who`. One that signs in anew gives its old sign-in up: a cookie it no longer
   * has must not live on.
   */
  async signIn(
    request: Request,
    response: Response,
    who: Omit<NewSignIn, 'address' | 'userAgent'>,
  ): Promise<void> {
    const place = cookiePlaceOf(request, this.#config.basePath);
    const former = this.#signIns.resolve(readSignInCookie(place, request.headers.cookie) ?? '');
    if (former) await this.#signIns.remove(former.credentialId);
    const { identity, secret, maxAgeMs } = await this.#signIns.create({
      ...who,
      address: clientAddressOf(request),
      userAgent: request.headers['user-agent'] ?? '',
    });
    setIdentity(request, identity);
    response.setHeader('Set-Cookie', signInCookie(place, secret, maxAgeMs));
  }

  /** Ends the sign-in and makes the browser forget its cookie. */
  async signOut(request: Request, response: Response, credentialId: string): Promise<void> {
    await this.#signIns.remove(credentialId);
    this.forget(request, response);
  }

  /** Makes the browser forget its cookie. */
  forget(request: Request, response: Response): void {
    response.setHeader('Set-Cookie', signOutCookie(cookiePlaceOf(request, this.#config.basePath)));
  }
}
