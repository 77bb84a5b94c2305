import { Controller, Req, Res, Sse, SseSignal, UseGuards, type MessageEvent } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Observable } from 'rxjs';
import { LAST_EVENT_ID_HEADER } from '#dto/constants';
import { whoOf } from '../audit/who.js';
import { CurrentIdentity } from '../auth/current-identity.decorator.js';
import type { Identity } from '../auth/identity.js';
import { NoActivity } from '../auth/no-activity.decorator.js';
import { RateLimit } from '../http/rate-limit/rate-limit.decorator.js';
import { ConnectionsService } from './connections.service.js';
import { RequestedStream, type RequestedSession } from './requested-stream.js';
import { SessionStreamGuard } from './session-stream.guard.js';
import { sseSink } from './sse-sink.js';

const EVENT_ID = /^[1-9][0-9]{0,15}$/;

/** `GET /events?session=NAME[&create=1][&flow=ack]`: everything that happens in one session. */
@Controller('events')
@NoActivity()
@RateLimit('events')
@UseGuards(SessionStreamGuard)
export class EventsController {
  readonly #connections: ConnectionsService;

  constructor(connections: ConnectionsService) {
    this.#connections = connections;
  }

  /** The queue in front keeps each viewer bounded, so Nest's own bound never has to drop a connection. */
  @Sse('', { maxPendingDataLength: Infinity })
  events(
    @CurrentIdentity() identity: Identity,
    @RequestedStream() { stream, openedAs, acknowledges, intent }: RequestedSession,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @SseSignal() signal: AbortSignal,
  ): Observable<MessageEvent> {
    return new Observable<MessageEvent>((subscriber) => {
      const leave = this.#connections.connect(stream, {
        identity,
        who: whoOf(request),
        intent,
        openedAs,
        lastEventId: lastEventIdOf(request),
        acknowledges,
        sink: sseSink(subscriber, response),
      });
      // Both paths may run: the client went away, or the stream was ended from here.
      signal.addEventListener('abort', leave, { once: true });
      return leave;
    });
  }
}

function lastEventIdOf(request: Request): number | undefined {
  const value = request.header(LAST_EVENT_ID_HEADER);
  return value !== undefined && EVENT_ID.test(value) ? Number(value) : undefined;
}
