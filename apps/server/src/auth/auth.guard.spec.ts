import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { TmuxyConfig } from '../config/config.js';
import { UnauthenticatedError } from '../http/app-error.js';
import { AuthGuard } from './auth.guard.js';
import { type Identity, identityOf } from './identity.js';
import { Public } from './public.decorator.js';
import type { SignInsService } from './sign-ins.service.js';

const ANA: Identity = { name: 'ana', role: 'viewer', readOnly: true, signInId: 's1' };

class Routes {
  @Public()
  open(): undefined {
    return undefined;
  }

  closed(): undefined {
    return undefined;
  }
}

@Public()
class OpenRoutes {}

describe(AuthGuard.name, () => {
  const signIns = {
    resolve: (value: string) => (value === 'good' ? ANA : undefined),
  } as unknown as SignInsService;
  const guard = new AuthGuard(new Reflector(), signIns, {
    basePath: '/',
  } as unknown as TmuxyConfig);
  const routes = new Routes();

  function ask(
    cookie: string | undefined,
    handler = routes.closed,
    type: new () => object = Routes,
  ) {
    const request = { headers: { cookie, host: 'localhost:9000' }, secure: false, socket: {} };
    const context = {
      getHandler: () => handler,
      getClass: () => type,
      switchToHttp: () => ({ getRequest: () => request }),
    } as unknown as ExecutionContext;
    return { isAllowed: guard.canActivate(context), identity: identityOf(request) };
  }

  it('lets a sign-in through and remembers who it is', () => {
    expect(ask('a=b; tmuxy-9000=good')).toEqual({ isAllowed: true, identity: ANA });
  });

  it.each([undefined, '', 'tmuxy-9000=bad', 'tmuxy-9001=good', 'tmuxy=good', '__Host-tmuxy=good'])(
    'refuses the cookie %j',
    (cookie) => {
      expect(() => ask(cookie)).toThrow(UnauthenticatedError);
    },
  );

  it('lets everybody through on public routes, unknown', () => {
    const nobody = { isAllowed: true, identity: undefined };
    expect(ask(undefined, routes.open)).toEqual(nobody);
    expect(ask(undefined, routes.closed, OpenRoutes)).toEqual(nobody);
  });
});
