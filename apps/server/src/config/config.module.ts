import { type DynamicModule, Module } from '@nestjs/common';
import { ConfigModule as NestConfigModule, registerAs } from '@nestjs/config';
import { TmuxyConfig } from './config.js';

/** Makes the one {@link TmuxyConfig} injectable everywhere, by its class. */
@Module({})
export class ConfigModule {
  static forRoot(config: TmuxyConfig): DynamicModule {
    const tmuxy = registerAs('tmuxy', () => config);
    return {
      module: ConfigModule,
      global: true,
      // The environment was already read and judged by loadConfig: Nest's own reading stays off.
      imports: [
        NestConfigModule.forRoot({ ignoreEnvFile: true, skipProcessEnv: true, load: [tmuxy] }),
      ],
      providers: [
        { provide: TmuxyConfig, useFactory: (value: TmuxyConfig) => value, inject: [tmuxy.KEY] },
      ],
      exports: [TmuxyConfig],
    };
  }
}
