import { Injectable, Optional } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { COMMAND_ARGS, type CommandDto, type CommandName, type Commands } from '#dto';
import { AuditTrail } from '../audit/audit-trail.service.js';
import type { OpenConnection } from '../events/open-connection.js';
import { ReadOnlyError } from '../http/app-error.js';
import { toInvalidRequest, VALIDATION } from '../http/validation.js';
import { OperationPolicy } from '../policy/operation-policy.service.js';
import { ChangingHandlers } from './changing-handlers.js';
import { actOf } from './command-acts.js';
import type { CommandHandler, CommandHandlers } from './command-handler.js';
import { ViewHandlers } from './view.handlers.js';

/** Answered at once: they change nothing, or what they change shows in the output. */
const UNSETTLED: ReadonlySet<CommandName> = new Set<CommandName>([
  'send-input',
  'paste',
  'resync',
  'ack',
  'set-visibility',
]);

/** Checks a command's arguments and runs it. */
@Injectable()
export class CommandsService {
  readonly #handlers: Partial<CommandHandlers>;

  readonly #operations: OperationPolicy;
  readonly #trail: AuditTrail;

  /** @param changing absent on a read-only server */
  constructor(
    operations: OperationPolicy,
    trail: AuditTrail,
    view: ViewHandlers,
    @Optional() changing?: ChangingHandlers,
  ) {
    this.#operations = operations;
    this.#trail = trail;
    this.#handlers = { ...view.handlers, ...changing?.handlers };
  }

  /**
   * @param connection with the identity of this request
   * @throws PolicyDeniedError, InvalidRequestError, and what the command itself throws
   */
  async run(connection: OpenConnection, { cmd, args }: CommandDto): Promise<unknown> {
    return this.#dispatch(cmd, connection, args);
  }

  async #dispatch<C extends CommandName>(
    cmd: C,
    connection: OpenConnection,
    args: Readonly<Record<string, unknown>>,
  ): Promise<Commands[C]['result']> {
    this.#operations.assertAllowed(connection.identity.role, cmd);
    const ArgsClass: new () => object = COMMAND_ARGS[cmd];
    const checked = plainToInstance(ArgsClass, args) as Commands[C]['args'];
    // Commands without arguments have a class without rules, which must not count as unknown.
    const errors = await validate(checked, { ...VALIDATION, forbidUnknownValues: false });
    if (errors.length > 0) throw toInvalidRequest(errors);
    const handler: CommandHandler<C> | undefined = this.#handlers[cmd];
    if (handler === undefined) throw new ReadOnlyError('This server only shows its sessions.');
    const act = actOf(cmd, connection, checked);
    const work = (): Promise<Commands[C]['result']> => handler(connection, checked);
    const result =
      act === undefined ? await work() : await this.#trail.around(connection.who, act, work);
    if (!UNSETTLED.has(cmd)) await connection.stream.settle();
    return result;
  }
}
