import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { TmuxyConfig } from '../config/config.js';
import { UnauthenticatedError } from '../http/app-error.js';
import { AuthGuard } from './auth.guard.js';
import { CookieAuthenticator } from './authenticators/cookie.authenticator.js';
import type { CredentialActivity } from './credential-activity.js';
import { type Identity, identityOf } from './identity.js';
import { NoActivity } from './no-activity.decorator.js';
import { Public } from './public.decorator.js';
import type { SignInsService } from './sign-ins.service.js';

const ANA: Identity = {
  name: 'ana',
  role: 'viewer',
  readOnly: true,
  sessions: [],
  method: 'key',
  credentialId: 'sign-in:s1',
};

class Routes {
  @Public()
  open(): undefined {
    return undefined;
  }

  closed(): undefined {
    return undefined;
  }

  @NoActivity()
  stream(): undefined {
    return undefined;
  }
}

@Public()
class OpenRoutes {}

describe(AuthGuard.name, () => {
  const signIns = {
    resolve: (value: string) => (value === 'good' ? ANA : undefined),
  } as unknown as SignInsService;
  const config = { basePath: '/', readOnly: false, roles: {} } as unknown as TmuxyConfig;
  const noted: [string, boolean][] = [];
  const activity = {
    note: ({ credentialId }: Identity, isActivity: boolean) =>
      noted.push([credentialId, isActivity]),
  } as unknown as CredentialActivity;
  const authenticators = [new CookieAuthenticator(signIns, config)];
  const guard = new AuthGuard(new Reflector(), authenticators, activity, config);
  const routes = new Routes();

  async function ask(
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
    return { isAllowed: await guard.canActivate(context), identity: identityOf(request) };
  }

  it('lets a sign-in through and remembers who it is', async () => {
    expect(await ask('a=b; tmuxy-9000=good')).toEqual({ isAllowed: true, identity: ANA });
  });

  it('notes what is done, and what pages ask for by themselves as nothing done', async () => {
    noted.length = 0;
    await ask('tmuxy-9000=good');
    await ask('tmuxy-9000=good', routes.stream);
    expect(noted).toEqual([
      ['sign-in:s1', true],
      ['sign-in:s1', false],
    ]);
  });

  it.each([undefined, '', 'tmuxy-9000=bad', 'tmuxy-9001=good', 'tmuxy=good', '__Host-tmuxy=good'])(
    'refuses the cookie %j',
    async (cookie) => {
      await expect(ask(cookie)).rejects.toThrow(UnauthenticatedError);
    },
  );

  it('lets everybody through on public routes, unknown', async () => {
    const nobody = { isAllowed: true, identity: undefined };
    expect(await ask(undefined, routes.open)).toEqual(nobody);
    expect(await ask(undefined, routes.closed, OpenRoutes)).toEqual(nobody);
  });
});
