import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AuthGuard } from './auth.guard.js';
import { LinkController } from './link.controller.js';
import { LinkSecret } from './link-secret.js';
import { OneTimeKeysService } from './one-time-keys.service.js';
import { SignInController } from './sign-in.controller.js';
import { SignInsService } from './sign-ins.service.js';

/** Who is asking. Its guard holds for the whole application. */
@Module({
  controllers: [SignInController, LinkController],
  providers: [
    SignInsService,
    OneTimeKeysService,
    LinkSecret,
    { provide: APP_GUARD, useClass: AuthGuard },
  ],
  exports: [SignInsService, OneTimeKeysService, LinkSecret],
})
export class AuthModule {}
