import { Injectable } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { COMMAND_ARGS, type CommandDto, type CommandName, type Commands } from '#dto';
import type { OpenConnection } from '../events/open-connection.js';
import { ReadOnlyError } from '../http/app-error.js';
import { toInvalidRequest, VALIDATION } from '../http/validation.js';
import type { CommandHandler, CommandHandlers } from './command-handler.js';
import { CommandLineHandlers } from './command-line.handlers.js';
import { InputHandlers } from './input.handlers.js';
import { PaneHandlers } from './pane.handlers.js';
import { SessionHandlers } from './session.handlers.js';
import { WindowHandlers } from './window.handlers.js';

/** What a viewer may ask for: it changes nothing in tmux. */
const HARMLESS: ReadonlySet<CommandName> = new Set<CommandName>(['resync']);

/** Answered as soon as tmux has them: what they change shows in the output. */
const KEYSTROKES: ReadonlySet<CommandName> = new Set<CommandName>([
  'send-input',
  'paste',
  'resync',
]);

/** Checks a command's arguments, whether it may be run, and runs it. */
@Injectable()
export class CommandsService {
  readonly #handlers: CommandHandlers;

  constructor(
    input: InputHandlers,
    panes: PaneHandlers,
    windows: WindowHandlers,
    sessions: SessionHandlers,
    commandLine: CommandLineHandlers,
  ) {
    this.#handlers = {
      ...input.handlers,
      ...panes.handlers,
      ...windows.handlers,
      ...sessions.handlers,
      ...commandLine.handlers,
    };
  }

  /** @throws InvalidRequestError, ReadOnlyError, and what the command itself throws */
  async run(connection: OpenConnection, { cmd, args }: CommandDto): Promise<unknown> {
    if (!connection.viewer.canType && !HARMLESS.has(cmd)) {
      throw new ReadOnlyError('You are watching this session read-only.');
    }
    return this.#dispatch(cmd, connection, args);
  }

  async #dispatch<C extends CommandName>(
    cmd: C,
    connection: OpenConnection,
    args: Readonly<Record<string, unknown>>,
  ): Promise<Commands[C]['result']> {
    const ArgsClass: new () => object = COMMAND_ARGS[cmd];
    const checked = plainToInstance(ArgsClass, args) as Commands[C]['args'];
    // Commands without arguments have a class without rules, which must not count as unknown.
    const errors = await validate(checked, { ...VALIDATION, forbidUnknownValues: false });
    if (errors.length > 0) throw toInvalidRequest(errors);
    const handler: CommandHandler<C> = this.#handlers[cmd];
    const result = await handler(connection, checked);
    if (!KEYSTROKES.has(cmd)) await connection.stream.settle();
    return result;
  }
}
