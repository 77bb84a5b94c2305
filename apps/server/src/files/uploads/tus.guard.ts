import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { assertTusVersion, TUS_VERSION } from './tus.js';

/** Speaks one version of tus only, and says which in every answer. */
@Injectable()
export class TusGuard implements CanActivate {
  /** @throws InvalidRequestError */
  canActivate(context: ExecutionContext): true {
    const http = context.switchToHttp();
    const response = http.getResponse<Response>();
    response.setHeader('Tus-Resumable', TUS_VERSION);
    response.setHeader('Tus-Version', TUS_VERSION);
    assertTusVersion(http.getRequest<Request>().headers);
    return true;
  }
}
