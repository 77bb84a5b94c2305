import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { PolicyModule } from '../policy/policy.module.js';
import { TmuxModule } from '../tmux/tmux.module.js';
import { TokensModule } from '../tokens/tokens.module.js';
import { ConnectionsService } from './connections.service.js';
import { EventsController } from './events.controller.js';
import { SessionStreamGuard } from './session-stream.guard.js';
import { SessionStreams } from './session-streams.service.js';

/** The event stream of each watched session and everybody who reads it. */
@Module({
  imports: [AuthModule, PolicyModule, TmuxModule, TokensModule],
  controllers: [EventsController],
  providers: [SessionStreams, ConnectionsService, SessionStreamGuard],
  exports: [SessionStreams, ConnectionsService],
})
export class EventsModule {}
