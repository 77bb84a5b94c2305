import { type MiddlewareConsumer, Module, type NestModule, RequestMethod } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { StorageModule } from '../storage/storage.module.js';
import { AccessTokensController } from './access-tokens/access-tokens.controller.js';
import { AccessTokensService } from './access-tokens/access-tokens.service.js';
import { AccountOfService } from './account-of.service.js';
import { AddressGuesses } from './address-guesses.js';
import { AuthGuard } from './auth.guard.js';
import { type Authenticator, AUTHENTICATORS } from './authenticators/authenticator.js';
import { BasicAuthenticator } from './authenticators/basic.authenticator.js';
import { BearerAuthenticator } from './authenticators/bearer.authenticator.js';
import { CookieAuthenticator } from './authenticators/cookie.authenticator.js';
import { NoneAuthenticator } from './authenticators/none.authenticator.js';
import { ProxyHeaderAuthenticator } from './authenticators/proxy-header.authenticator.js';
import { ProxySecret } from './authenticators/proxy-secret.js';
import { ProxyHeaderMiddleware } from './authenticators/proxy-header.middleware.js';
import { BrowserSignInService } from './browser-sign-in.service.js';
import { CredentialActivity } from './credential-activity.js';
import { CredentialEvents } from './credential-events.js';
import { CredentialsService } from './credentials/credentials.service.js';
import { TrustedProxies } from '../http/edge/trusted-proxies.js';
import { LinkController } from './link.controller.js';
import { LinkSecret } from './link-secret.js';
import { OidcController } from './oidc/oidc.controller.js';
import { OidcFlows } from './oidc/oidc-flows.js';
import { OidcProviderClient } from './oidc/oidc-provider-client.js';
import { OidcSignInService } from './oidc/oidc-sign-in.service.js';
import { OneTimeKeysService } from './one-time-keys.service.js';
import { PasswordsService } from './passwords/passwords.service.js';
import { RequestCredentials } from './request-credentials.js';
import { SignInController } from './sign-in.controller.js';
import { SignInMethodsController } from './sign-in-methods.controller.js';
import { SignInProofService } from './sign-in-proof.service.js';
import { SignInsController } from './sign-ins.controller.js';
import { SignInsService } from './sign-ins.service.js';
import { UsersService } from './users/users.service.js';

/** Who is asking. Its guard holds for the whole application. */
@Module({
  imports: [StorageModule],
  controllers: [
    SignInController,
    SignInMethodsController,
    OidcController,
    LinkController,
    SignInsController,
    AccessTokensController,
  ],
  providers: [
    CredentialEvents,
    BrowserSignInService,
    TrustedProxies,
    CredentialsService,
    AccountOfService,
    AddressGuesses,
    PasswordsService,
    AccessTokensService,
    UsersService,
    RequestCredentials,
    CredentialActivity,
    SignInProofService,
    CookieAuthenticator,
    BearerAuthenticator,
    BasicAuthenticator,
    ProxyHeaderAuthenticator,
    ProxySecret,
    NoneAuthenticator,
    {
      provide: AUTHENTICATORS,
      useFactory: (...inOrder: readonly Authenticator[]) => inOrder,
      inject: [
        CookieAuthenticator,
        BearerAuthenticator,
        BasicAuthenticator,
        ProxyHeaderAuthenticator,
        NoneAuthenticator,
      ],
    },
    SignInsService,
    OidcFlows,
    OidcProviderClient,
    OidcSignInService,
    OneTimeKeysService,
    LinkSecret,
    { provide: APP_GUARD, useClass: AuthGuard },
  ],
  exports: [
    AccountOfService,
    CredentialEvents,
    CredentialsService,
    AccessTokensService,
    UsersService,
    TrustedProxies,
    BrowserSignInService,
    SignInsService,
    OneTimeKeysService,
    LinkSecret,
  ],
})
export class AuthModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer
      .apply(ProxyHeaderMiddleware)
      .forRoutes({ path: '{/*path}', method: RequestMethod.ALL });
  }
}
