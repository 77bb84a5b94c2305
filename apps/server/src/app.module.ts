import { type DynamicModule, Module } from '@nestjs/common';
import { AuditModule } from './audit/audit.module.js';
import { AuthModule } from './auth/auth.module.js';
import { ConfigModule } from './config/config.module.js';
import type { TmuxyConfig } from './config/config.js';
import { FilesModule } from './files/files.module.js';
import { HealthModule } from './health/health.module.js';
import { BodyModule } from './http/body/body.module.js';
import { LoggingModule } from './http/logging.module.js';
import { RateLimitModule } from './http/rate-limit/rate-limit.module.js';
import { CommandsModule } from './commands/commands.module.js';
import { EventsModule } from './events/events.module.js';
import { SessionsModule } from './sessions/sessions.module.js';
import { TmuxModule } from './tmux/tmux.module.js';
import { TokensModule } from './tokens/tokens.module.js';
import { WebModule } from './web/web.module.js';

/** The whole server. Guards run in the order of their modules: who is asking, then how often. */
@Module({})
export class AppModule {
  static forRoot(config: TmuxyConfig, webRoot: string): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config),
        LoggingModule,
        AuthModule,
        RateLimitModule,
        BodyModule,
        AuditModule,
        WebModule.forRoot(webRoot),
        HealthModule,
        TmuxModule,
        TokensModule,
        EventsModule,
        SessionsModule,
        CommandsModule.forRoot(config),
        FilesModule,
      ],
    };
  }
}
