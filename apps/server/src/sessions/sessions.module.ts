import { Module } from '@nestjs/common';
import { EventsModule } from '../events/events.module.js';
import { PolicyModule } from '../policy/policy.module.js';
import { TmuxModule } from '../tmux/tmux.module.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsService } from './sessions.service.js';

/** Listing, creating, renaming and ending tmux sessions. */
@Module({
  imports: [TmuxModule, EventsModule, PolicyModule],
  controllers: [SessionsController],
  providers: [SessionsService],
})
export class SessionsModule {}
