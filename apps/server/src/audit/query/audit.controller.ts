import {
  Controller,
  Get,
  Logger,
  type MessageEvent,
  Query,
  Req,
  Res,
  Sse,
  SseSignal,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { Observable } from 'rxjs';
import { LAST_EVENT_ID_HEADER } from '#dto/constants';
import type { AuditPageView } from '#dto';
import { CurrentIdentity } from '../../auth/current-identity.decorator.js';
import type { Identity } from '../../auth/identity.js';
import { NoActivity } from '../../auth/no-activity.decorator.js';
import { sseSink } from '../../events/sse-sink.js';
import { InvalidRequestError } from '../../http/app-error.js';
import { RateLimit } from '../../http/rate-limit/rate-limit.decorator.js';
import { whoOf } from '../who.js';
import { AuditExports } from './audit-exports.service.js';
import { AuditQueries } from './audit-queries.service.js';

type QueryValues = Readonly<Record<string, unknown>>;

/** `GET /api/audit…`: the log for admins. That they read it is in it, too. */
@Controller('api/audit')
export class AuditController {
  readonly #logger = new Logger('Audit');
  readonly #queries: AuditQueries;
  readonly #exports: AuditExports;

  constructor(queries: AuditQueries, exports: AuditExports) {
    this.#queries = queries;
    this.#exports = exports;
  }

  @Get()
  page(
    @CurrentIdentity() identity: Identity,
    @Req() request: Request,
    @Query() query: QueryValues,
  ): Promise<AuditPageView> {
    return this.#queries.page({ identity, who: whoOf(request), query });
  }

  /** The live tail: `status` (`AuditStatusView`), `record` (`{ record }`), `fatal` (`FatalEvent`). */
  @Sse('events', { maxPendingDataLength: Infinity })
  @NoActivity()
  @RateLimit('events')
  async events(
    @CurrentIdentity() identity: Identity,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Query() query: QueryValues,
    @SseSignal() signal: AbortSignal,
  ): Promise<Observable<MessageEvent>> {
    assertGet(request);
    const follow = await this.#queries.follow({
      identity,
      who: whoOf(request),
      query,
      lastEventId: request.header(LAST_EVENT_ID_HEADER),
    });
    return new Observable<MessageEvent>((subscriber) => {
      follow(sseSink(subscriber, response), signal).catch((error: unknown) => {
        this.#logger.error({ err: error }, 'following the log failed');
        subscriber.complete();
      });
    });
  }

  @Get('export')
  async export(
    @CurrentIdentity() identity: Identity,
    @Req() request: Request,
    @Res() response: Response,
    @Query() query: QueryValues,
  ): Promise<void> {
    assertGet(request);
    const download = await this.#exports.prepare({ identity, who: whoOf(request), query });
    response.setHeader('Content-Type', download.contentType);
    response.setHeader('Content-Disposition', `attachment; filename="${download.fileName}"`);
    await download.sendTo(response);
  }
}

/** Express hands a HEAD to whoever answers GET: it would read the log, or hold a stream, for nobody. */
function assertGet({ method }: Request): void {
  if (method !== 'GET') throw new InvalidRequestError('The audit log is read with GET.');
}
