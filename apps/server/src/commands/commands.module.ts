import { type DynamicModule, Module } from '@nestjs/common';
import type { TmuxyConfig } from '../config/config.js';
import { AuditModule } from '../audit/audit.module.js';
import { EventsModule } from '../events/events.module.js';
import { PolicyModule } from '../policy/policy.module.js';
import { TmuxModule } from '../tmux/tmux.module.js';
import { TokensModule } from '../tokens/tokens.module.js';
import { ChangingHandlers } from './changing-handlers.js';
import { CommandLineService } from './command-line/command-line.service.js';
import { CommandLineHandlers } from './command-line.handlers.js';
import { CommandsController } from './commands.controller.js';
import { CommandsService } from './commands.service.js';
import { InputHandlers } from './input.handlers.js';
import { PaneHandlers } from './pane.handlers.js';
import { SessionHandlers } from './session.handlers.js';
import { ViewHandlers } from './view.handlers.js';
import { WindowHandlers } from './window.handlers.js';

const CHANGING = [
  ChangingHandlers,
  CommandLineService,
  CommandLineHandlers,
  InputHandlers,
  PaneHandlers,
  SessionHandlers,
  WindowHandlers,
];

/** What browsers ask tmux to do. */
@Module({})
export class CommandsModule {
  /** On a read-only server what changes tmux is not even made. */
  static forRoot({ readOnly }: Pick<TmuxyConfig, 'readOnly'>): DynamicModule {
    return {
      module: CommandsModule,
      imports: [AuditModule, EventsModule, PolicyModule, TmuxModule, TokensModule],
      controllers: [CommandsController],
      providers: [CommandsService, ViewHandlers, ...(readOnly ? [] : CHANGING)],
    };
  }
}
