import { Body, Controller, Get, HttpCode, HttpStatus, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { MeView } from '#dto';
import { TmuxyConfig } from '../config/config.js';
import { UnauthenticatedError } from '../http/app-error.js';
import { RateLimit } from '../http/rate-limit/rate-limit.decorator.js';
import { CurrentIdentity } from './current-identity.decorator.js';
import type { Identity } from './identity.js';
import { localOwner } from './local-owner.js';
import { OneTimeKeysService } from './one-time-keys.service.js';
import { Public } from './public.decorator.js';
import { cookiePlaceOf, readSignInCookie, signInCookie, signOutCookie } from './sign-in-cookie.js';
import { SignInDto } from './sign-in.dto.js';
import { SIGN_IN_LIFETIME_MS, SignInsService } from './sign-ins.service.js';

@Controller('api')
export class SignInController {
  readonly #keys: OneTimeKeysService;
  readonly #signIns: SignInsService;
  readonly #config: TmuxyConfig;

  constructor(keys: OneTimeKeysService, signIns: SignInsService, config: TmuxyConfig) {
    this.#keys = keys;
    this.#signIns = signIns;
    this.#config = config;
  }

  /** A browser that signs in anew gives its old sign-in up: a cookie it no longer has must not live on. */
  @Public()
  @RateLimit('sign-in')
  @Post('sign-in')
  @HttpCode(HttpStatus.NO_CONTENT)
  signIn(
    @Body() { key }: SignInDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): void {
    if (!this.#keys.redeem(key)) {
      throw new UnauthenticatedError(
        "This key is wrong, used or too old; 'tmuxy link' prints a fresh one.",
      );
    }
    const place = cookiePlaceOf(request, this.#config.basePath);
    const former = this.#signIns.resolve(readSignInCookie(place, request.headers.cookie) ?? '');
    if (former) this.#signIns.remove(former.signInId);
    const { secret } = this.#signIns.create(localOwner());
    response.setHeader('Set-Cookie', signInCookie(place, secret, SIGN_IN_LIFETIME_MS));
  }

  @Post('sign-out')
  @HttpCode(HttpStatus.NO_CONTENT)
  signOut(
    @CurrentIdentity() identity: Identity,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): void {
    this.#signIns.remove(identity.signInId);
    response.setHeader('Set-Cookie', signOutCookie(cookiePlaceOf(request, this.#config.basePath)));
  }

  @Get('me')
  me(@CurrentIdentity() { name, role, readOnly }: Identity): MeView {
    return { name, role, readOnly };
  }
}
