import { Injectable } from '@nestjs/common';
import type { CommandHandlers } from './command-handler.js';
import { CommandLineHandlers } from './command-line.handlers.js';
import { InputHandlers } from './input.handlers.js';
import { PaneHandlers } from './pane.handlers.js';
import { SessionHandlers } from './session.handlers.js';
import type { ViewHandlers } from './view.handlers.js';
import { WindowHandlers } from './window.handlers.js';

/** All that may change tmux, in one place, so that a read-only server can do without. */
@Injectable()
export class ChangingHandlers {
  readonly handlers: Omit<CommandHandlers, keyof ViewHandlers['handlers']>;

  constructor(
    input: InputHandlers,
    panes: PaneHandlers,
    windows: WindowHandlers,
    sessions: SessionHandlers,
    commandLine: CommandLineHandlers,
  ) {
    this.handlers = {
      ...input.handlers,
      ...panes.handlers,
      ...windows.handlers,
      ...sessions.handlers,
      ...commandLine.handlers,
    };
  }
}
