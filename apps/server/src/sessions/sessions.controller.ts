import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  UseGuards,
} from '@nestjs/common';
import { SessionNameDto, type SessionId, type SessionsView, type SessionView } from '#dto';
import type { Identity } from '../auth/identity.js';
import { CurrentIdentity } from '../auth/current-identity.decorator.js';
import { Audited, textOf } from '../http/audited.decorator.js';
import { MayChangeGuard } from '../policy/may-change.guard.js';
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
  list(@CurrentIdentity() who: Identity): Promise<SessionsView> {
    return this.#sessions.list(who);
  }

  @Post()
  @Audited('session.create', { target: ({ body }) => ({ session: textOf(body, 'name') }) })
  @UseGuards(MayChangeGuard)
  create(@CurrentIdentity() who: Identity, @Body() body: SessionNameDto): Promise<SessionView> {
    return this.#sessions.create(who, body.name);
  }

  @Patch(':id')
  @Audited('session.rename', {
    target: ({ params }) => ({ id: String(params['id']) }),
    params: ({ body }) => ({ name: textOf(body, 'name') }),
  })
  @UseGuards(MayChangeGuard)
  rename(
    @CurrentIdentity() who: Identity,
    @Param('id', SessionIdPipe) id: SessionId,
    @Body() body: SessionNameDto,
  ): Promise<SessionView> {
    return this.#sessions.rename(who, id, body.name);
  }

  @Delete(':id')
  @Audited('session.kill', { target: ({ params }) => ({ id: String(params['id']) }) })
  @UseGuards(MayChangeGuard)
  @HttpCode(204)
  kill(@CurrentIdentity() who: Identity, @Param('id', SessionIdPipe) id: SessionId): Promise<void> {
    return this.#sessions.kill(who, id);
  }
}
