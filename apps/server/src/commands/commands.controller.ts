import { Body, Controller, HttpCode, Post, Req, UseGuards, UseInterceptors } from '@nestjs/common';
import type { Request } from 'express';
import { CommandDto } from '#dto';
import { whoOf } from '../audit/who.js';
import { CurrentIdentity } from '../auth/current-identity.decorator.js';
import type { Identity } from '../auth/identity.js';
import { ConnectionsService } from '../events/connections.service.js';
import { BodyLimit } from '../http/body/body-limit.decorator.js';
import { RateLimit } from '../http/rate-limit/rate-limit.decorator.js';
import { CurrentConnection } from '../tokens/current-connection.js';
import type { Connection } from '../tokens/connection.js';
import { SessionTokenGuard } from '../tokens/session-token.guard.js';
import { CommandsService } from './commands.service.js';
import { ReadOnlyInterceptor } from './read-only.interceptor.js';

/** A paste of 4 MiB may take twice that as JSON. */
const COMMAND_BODY_MAX_BYTES = 8 * 1024 * 1024;

/** `POST /commands?session=NAME`: what a connection asks tmux to do. */
@Controller('commands')
@UseGuards(SessionTokenGuard)
@UseInterceptors(ReadOnlyInterceptor)
@RateLimit('commands')
export class CommandsController {
  readonly #commands: CommandsService;
  readonly #connections: ConnectionsService;

  constructor(commands: CommandsService, connections: ConnectionsService) {
    this.#commands = commands;
    this.#connections = connections;
  }

  @Post()
  @HttpCode(200)
  @BodyLimit(COMMAND_BODY_MAX_BYTES)
  async run(
    @CurrentIdentity() identity: Identity,
    @CurrentConnection() connection: Connection,
    @Body() command: CommandDto,
    @Req() request: Request,
  ): Promise<{ readonly result: unknown }> {
    const open = this.#connections.get(connection.id);
    return {
      result: await this.#commands.run({ ...open, identity, who: whoOf(request) }, command),
    };
  }
}
