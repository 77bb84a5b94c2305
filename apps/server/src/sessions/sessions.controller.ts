import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { SessionNameDto, type SessionId, type SessionsView, type SessionView } from '#dto';
import type { Identity } from '../auth/identity.js';
import { CurrentIdentity } from '../auth/current-identity.decorator.js';
import { ReadOnlyError } from '../http/app-error.js';
import { SessionIdPipe } from './session-id.pipe.js';
import { SessionsService } from './sessions.service.js';

/** `/api/sessions`: what there is, and making, renaming and ending it. */
@Controller('api/sessions')
export class SessionsController {
  readonly #sessions: SessionsService;

  constructor(sessions: SessionsService) {
    this.#sessions = sessions;
  }

  @Get()
  list(): Promise<SessionsView> {
    return this.#sessions.list();
  }

  @Post()
  create(@CurrentIdentity() who: Identity, @Body() body: SessionNameDto): Promise<SessionView> {
    assertMayChange(who);
    return this.#sessions.create(body.name);
  }

  @Patch(':id')
  rename(
    @CurrentIdentity() who: Identity,
    @Param('id', SessionIdPipe) id: SessionId,
    @Body() body: SessionNameDto,
  ): Promise<SessionView> {
    assertMayChange(who);
    return this.#sessions.rename(id, body.name);
  }

  @Delete(':id')
  @HttpCode(204)
  kill(@CurrentIdentity() who: Identity, @Param('id', SessionIdPipe) id: SessionId): Promise<void> {
    assertMayChange(who);
    return this.#sessions.kill(id);
  }
}

function assertMayChange(who: Identity): void {
  if (who.readOnly || who.role === 'viewer') {
    throw new ReadOnlyError('You may look at sessions here, not change them.');
  }
}
