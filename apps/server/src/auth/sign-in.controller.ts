import { Body, Controller, Get, HttpCode, HttpStatus, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { MeView } from '#dto';
import { InvalidRequestError } from '../http/app-error.js';
import { Audited, textOf } from '../http/audited.decorator.js';
import { RateLimit } from '../http/rate-limit/rate-limit.decorator.js';
import { BrowserSignInService } from './browser-sign-in.service.js';
import { CurrentIdentity } from './current-identity.decorator.js';
import type { Identity } from './identity.js';
import { Public } from './public.decorator.js';
import { SignInDto } from './sign-in.dto.js';
import { SignInProofService } from './sign-in-proof.service.js';

@Controller('api')
export class SignInController {
  readonly #proofs: SignInProofService;
  readonly #browsers: BrowserSignInService;

  constructor(proofs: SignInProofService, browsers: BrowserSignInService) {
    this.#proofs = proofs;
    this.#browsers = browsers;
  }

  @Public()
  @RateLimit('sign-in')
  @Post('sign-in')
  @Audited('sign-in', {
    params: ({ body }) => ({ method: textOf(body, 'key') === null ? 'password' : 'key' }),
  })
  @HttpCode(HttpStatus.NO_CONTENT)
  async signIn(
    @Body() { key, username, password }: SignInDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const isPassword = username !== undefined && password !== undefined;
    if (isPassword === (key !== undefined)) {
      throw new InvalidRequestError('Give a key, or a name and a password.');
    }
    const who = isPassword
      ? await this.#proofs.byPassword(username, password, request)
      : this.#proofs.byKey(key ?? '');
    await this.#browsers.signIn(request, response, who);
  }

  @Post('sign-out')
  @Audited('sign-out')
  @HttpCode(HttpStatus.NO_CONTENT)
  async signOut(
    @CurrentIdentity() { credentialId }: Identity,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.#browsers.signOut(request, response, credentialId);
  }

  @Get('me')
  me(@CurrentIdentity() { name, role, readOnly }: Identity): MeView {
    return { name, role, readOnly };
  }
}
