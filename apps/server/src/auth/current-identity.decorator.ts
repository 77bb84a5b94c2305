import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { UnauthenticatedError } from '../http/app-error.js';
import { type Identity, identityOf } from './identity.js';

/**
 * Parameter decorator: the {@link Identity} that sent the request.
 *
 * @throws UnauthenticatedError on a public route, where nobody was asked
 */
export const CurrentIdentity = createParamDecorator(
  (_: unknown, context: ExecutionContext): Identity => {
    const identity = identityOf(context.switchToHttp().getRequest<object>());
    if (!identity) throw new UnauthenticatedError('Sign in first.');
    return identity;
  },
);
