import { Injectable } from '@nestjs/common';
import type { CommandHandlers } from './command-handler.js';
import { CommandLineService } from './command-line/command-line.service.js';

/** Command lines and key bindings. */
@Injectable()
export class CommandLineHandlers {
  readonly #commandLine: CommandLineService;

  constructor(commandLine: CommandLineService) {
    this.#commandLine = commandLine;
  }

  readonly handlers: Pick<CommandHandlers, 'tmux' | 'run-binding'> = {
    tmux: (connection, { command, pane, answers }) =>
      this.#commandLine.runText(connection, command, { pane, answers }),
    'run-binding': (connection, binding) => this.#commandLine.runBinding(connection, binding),
  };
}
