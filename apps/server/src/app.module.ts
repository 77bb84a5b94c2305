import { type DynamicModule, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { AuthModule } from './auth/auth.module.js';
import { ConfigModule } from './config/config.module.js';
import { TmuxyConfig } from './config/config.js';
import { HealthModule } from './health/health.module.js';
import { loggerParams } from './http/logging.js';
import { RateLimitModule } from './http/rate-limit/rate-limit.module.js';
import { WebModule } from './web/web.module.js';

/** The whole server. Guards run in the order of their modules: who is asking, then how often. */
@Module({})
export class AppModule {
  static forRoot(config: TmuxyConfig, webRoot: string): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config),
        LoggerModule.forRootAsync({ inject: [TmuxyConfig], useFactory: loggerParams }),
        AuthModule,
        RateLimitModule,
        WebModule.forRoot(webRoot),
        HealthModule,
      ],
    };
  }
}
