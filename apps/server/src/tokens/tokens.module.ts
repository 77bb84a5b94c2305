import { Module } from '@nestjs/common';
import { SessionTokenGuard } from './session-token.guard.js';
import { SessionTokensService } from './session-tokens.service.js';

/** Session tokens: made for one stream, bound to its session and identity. */
@Module({
  providers: [SessionTokensService, SessionTokenGuard],
  exports: [SessionTokensService, SessionTokenGuard],
})
export class TokensModule {}
