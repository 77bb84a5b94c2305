import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { UnauthenticatedError } from '../http/app-error.js';
import { LinkSecret } from './link-secret.js';

/** Asks for the secret of `tmuxy link` before anything is recorded: who floods this is refused, and only counted. */
@Injectable()
export class LinkSecretGuard implements CanActivate {
  readonly #secret: LinkSecret;

  constructor(secret: LinkSecret) {
    this.#secret = secret;
  }

  /** @throws UnauthenticatedError */
  canActivate(context: ExecutionContext): true {
    const { headers } = context.switchToHttp().getRequest<Request>();
    if (this.#secret.isIn(headers.authorization)) return true;
    throw new UnauthenticatedError('The secret is missing or wrong.');
  }
}
