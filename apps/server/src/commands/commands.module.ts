import { Module } from '@nestjs/common';
import { EventsModule } from '../events/events.module.js';
import { TmuxModule } from '../tmux/tmux.module.js';
import { TokensModule } from '../tokens/tokens.module.js';
import { CommandLineService } from './command-line/command-line.service.js';
import { CommandLineHandlers } from './command-line.handlers.js';
import { CommandsController } from './commands.controller.js';
import { CommandsService } from './commands.service.js';
import { InputHandlers } from './input.handlers.js';
import { PaneHandlers } from './pane.handlers.js';
import { SessionHandlers } from './session.handlers.js';
import { WindowHandlers } from './window.handlers.js';

/** What browsers ask tmux to do. */
@Module({
  imports: [EventsModule, TmuxModule, TokensModule],
  controllers: [CommandsController],
  providers: [
    CommandsService,
    CommandLineService,
    CommandLineHandlers,
    InputHandlers,
    PaneHandlers,
    SessionHandlers,
    WindowHandlers,
  ],
})
export class CommandsModule {}
