import { Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { TmuxyConfig } from '../config/config.js';
import { AppLogger } from './app-logger.js';
import { loggerParams } from './logging.js';

/** The log: Nest's `Logger` everywhere, pino behind it. */
@Module({
  imports: [
    LoggerModule.forRootAsync({
      inject: [TmuxyConfig],
      useFactory: (config: TmuxyConfig) => loggerParams(config),
    }),
  ],
  providers: [AppLogger],
})
export class LoggingModule {}
