import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { identityOf } from '../auth/identity.js';
import { isOnlyLooking } from '../auth/rights.js';
import { ReadOnlyError, UnauthenticatedError } from '../http/app-error.js';

/** Stops whoever changes nothing anywhere, before the body is read or tmux is asked for anything. */
@Injectable()
export class MayChangeGuard implements CanActivate {
  /** @throws ReadOnlyError */
  canActivate(context: ExecutionContext): true {
    const identity = identityOf(context.switchToHttp().getRequest<object>());
    if (identity === undefined) throw new UnauthenticatedError('Sign in first.');
    if (isOnlyLooking(identity)) {
      throw new ReadOnlyError('You may look at sessions here, not change them.');
    }
    return true;
  }
}
