import { Controller, Req, Res, Sse, SseSignal, type MessageEvent } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Observable } from 'rxjs';
import { CurrentIdentity } from '../auth/current-identity.decorator.js';
import type { Identity } from '../auth/identity.js';
import { ForbiddenError, InvalidRequestError } from '../http/app-error.js';
import { RateLimit } from '../http/rate-limit/rate-limit.decorator.js';
import { SingleQuery } from '../http/single-query.js';
import { checkName } from '../sessions/session-name.js';
import { TmuxGateway } from '../tmux/tmux-gateway.js';
import { SessionNotFoundError } from '../tmux/tmux.errors.js';
import type { SessionRef } from '#dto';
import { LAST_EVENT_ID_HEADER } from '#dto/constants';
import { ConnectionsService } from './connections.service.js';
import { SessionStreams } from './session-streams.service.js';
import { sseSink } from './sse-sink.js';

const EVENT_ID = /^[1-9][0-9]{0,15}$/;

/** `GET /events?session=NAME[&create=1]`: everything that happens in one session. */
@Controller('events')
@RateLimit('events')
export class EventsController {
  readonly #gateway: TmuxGateway;
  readonly #streams: SessionStreams;
  readonly #connections: ConnectionsService;

  constructor(gateway: TmuxGateway, streams: SessionStreams, connections: ConnectionsService) {
    this.#gateway = gateway;
    this.#streams = streams;
    this.#connections = connections;
  }

  /** The queue in front keeps each viewer bounded, so Nest's own bound never has to drop a connection. */
  @Sse('', { maxPendingDataLength: Infinity })
  async events(
    @CurrentIdentity() identity: Identity,
    @SingleQuery('session') name: string | undefined,
    @SingleQuery('create') create: string | undefined,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @SseSignal() signal: AbortSignal,
  ): Promise<Observable<MessageEvent>> {
    if (name === undefined || name === '') {
      throw new InvalidRequestError('Say which session: /events?session=NAME.');
    }
    const session = (await this.#find(name)) ?? (await this.#create(name, create, identity));
    const stream = await this.#streams.open(session);
    return new Observable<MessageEvent>((subscriber) => {
      const leave = this.#connections.connect(stream, {
        identity,
        openedAs: name,
        lastEventId: lastEventIdOf(request),
        sink: sseSink(subscriber, response),
      });
      // Both paths may run: the client went away, or the stream was ended from here.
      signal.addEventListener('abort', leave, { once: true });
      return leave;
    });
  }

  async #find(name: string): Promise<SessionRef | undefined> {
    const found = (await this.#gateway.cli.listSessions())?.find(
      (session) => session.name === name,
    );
    return found === undefined ? undefined : { id: found.id, name: found.name };
  }

  async #create(name: string, create: string | undefined, identity: Identity): Promise<SessionRef> {
    if (create !== '1') throw new SessionNotFoundError(name);
    if (identity.readOnly || identity.role === 'viewer') {
      throw new ForbiddenError('You may look at sessions here, not create them.');
    }
    const checked = checkName(name);
    await this.#gateway.cli.newSession(checked);
    const created = await this.#find(checked);
    if (created === undefined) throw new SessionNotFoundError(checked);
    return created;
  }
}

function lastEventIdOf(request: Request): number | undefined {
  const value = request.header(LAST_EVENT_ID_HEADER);
  return value !== undefined && EVENT_ID.test(value) ? Number(value) : undefined;
}
