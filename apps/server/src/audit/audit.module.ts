import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AuthModule } from '../auth/auth.module.js';
import { TmuxyConfig } from '../config/config.js';
import { RefusalsModule } from '../http/refusals.module.js';
import { AUDIT_LOG } from './audit-log.token.js';
import { AuditTrail } from './audit-trail.service.js';
import { AuditInterceptor } from './audit.interceptor.js';
import { openConfiguredLog } from './open-configured-log.js';
import { AUDIT_QUERY_PROVIDERS } from './query/audit-query.providers.js';
import { AuditController } from './query/audit.controller.js';
import { RefusalRecorder } from './refusal-recorder.service.js';
import { ServerRecorder } from './server-recorder.service.js';
import { TypedInput } from './typed-input.service.js';

/** What happened. Imported after BodyModule: interceptors run in that order, and records tell of bodies. */
@Module({
  imports: [AuthModule, RefusalsModule],
  controllers: [AuditController],
  providers: [
    { provide: AUDIT_LOG, useFactory: openConfiguredLog, inject: [TmuxyConfig] },
    AuditTrail,
    TypedInput,
    RefusalRecorder,
    ServerRecorder,
    ...AUDIT_QUERY_PROVIDERS,
    { provide: APP_INTERCEPTOR, useClass: AuditInterceptor },
  ],
  exports: [AUDIT_LOG, AuditTrail, TypedInput],
})
export class AuditModule {}
