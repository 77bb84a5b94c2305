import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { PolicyModule } from '../policy/policy.module.js';
import { TmuxModule } from '../tmux/tmux.module.js';
import { TokensModule } from '../tokens/tokens.module.js';
import { AuditAnnouncer } from './audit-announcer.service.js';
import { ConnectionsService } from './connections.service.js';
import { EventsController } from './events.controller.js';
import { SessionStreamGuard } from './session-stream.guard.js';
import { SessionStreams } from './session-streams.service.js';

/** The event stream of each watched session and everybody who reads it. */
@Module({
  imports: [AuditModule, AuthModule, PolicyModule, TmuxModule, TokensModule],
  controllers: [EventsController],
  providers: [SessionStreams, ConnectionsService, SessionStreamGuard, AuditAnnouncer],
  exports: [SessionStreams, ConnectionsService],
})
export class EventsModule {}
