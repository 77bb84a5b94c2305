import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import { AddressLimit } from './address-limit.js';
import { InputBudget } from './input-budget.js';
import { RateLimitGuard } from './rate-limit.guard.js';
import { throttlerOptions } from './rate-limits.js';

/** Imported after AuthModule: guards run in that order, and callers are told apart by their sign-in. */
@Module({
  imports: [ThrottlerModule.forRootAsync({ useFactory: throttlerOptions })],
  providers: [AddressLimit, InputBudget, { provide: APP_GUARD, useClass: RateLimitGuard }],
  exports: [AddressLimit, InputBudget],
})
export class RateLimitModule {}
