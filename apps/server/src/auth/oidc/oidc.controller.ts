import { Controller, Get, HttpStatus, Logger, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { TmuxyConfig } from '../../config/config.js';
import { Audited, noteFailure } from '../../http/audited.decorator.js';
import { SingleQuery } from '../../http/single-query.js';
import { Public } from '../public.decorator.js';
import { answerOf, belongsToFlow, flowOf, OidcFlowGuard } from './oidc-flow.guard.js';
import { OidcSetUpGuard } from './oidc-set-up.guard.js';
import { OidcSignInService } from './oidc-sign-in.service.js';
import { OidcSignInError } from './oidc.errors.js';
import { safeReturnPath, signInPage } from './return-path.js';

/** The two ends of the way over the provider. Browsers come here as pages: they are answered by redirects. */
@Controller('api/sign-in/oidc')
@UseGuards(OidcSetUpGuard)
export class OidcController {
  readonly #logger = new Logger('OpenID Connect');
  readonly #signIn: OidcSignInService;
  readonly #basePath: string;

  constructor(signIn: OidcSignInService, config: TmuxyConfig) {
    this.#signIn = signIn;
    this.#basePath = config.basePath;
  }

  @Public()
  @Get()
  async begin(
    @SingleQuery('returnTo') returnTo: string | undefined,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const returnPath = safeReturnPath(returnTo, this.#basePath);
    const location = await this.#signIn
      .begin(request, response, returnPath)
      .catch((error: unknown) => this.#problemPage(error, returnPath));
    response.redirect(HttpStatus.FOUND, location);
  }

  @Public()
  @Get('callback')
  @UseGuards(OidcFlowGuard)
  @Audited('sign-in', { params: () => ({ method: 'oidc' }), isAct: belongsToFlow })
  async finish(@Req() request: Request, @Res() response: Response): Promise<void> {
    let location = safeReturnPath(undefined, this.#basePath);
    try {
      const flow = flowOf(request);
      location = flow.returnPath;
      await this.#signIn.finish(request, response, flow, answerOf(request));
    } catch (error) {
      location = this.#problemPage(error, location);
      if (error instanceof OidcSignInError) {
        noteFailure(request, `${error.code}: ${error.message}`);
      }
    }
    // 303: the browser shall ask for the page, and forget the code in this address.
    response.redirect(HttpStatus.SEE_OTHER, location);
  }

  /** Says in the log what went wrong. @throws what was not foreseen */
  #problemPage(error: unknown, returnPath: string): string {
    if (!(error instanceof OidcSignInError)) throw error;
    this.#logger.warn(`Nobody was signed in (${error.code}): ${error.message}`);
    return signInPage(error.code, returnPath, this.#basePath);
  }
}
