import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AuthModule } from '../../auth/auth.module.js';
import { RateLimitModule } from '../rate-limit/rate-limit.module.js';
import { BodyInterceptor } from './body.interceptor.js';

/** How bodies of all routes are read. */
@Module({
  imports: [AuthModule, RateLimitModule],
  providers: [{ provide: APP_INTERCEPTOR, useClass: BodyInterceptor }],
})
export class BodyModule {}
