import { Inject, Injectable, Logger } from '@nestjs/common';
import type { AuditPageView } from '#dto';
import { CredentialEvents } from '../../auth/credential-events.js';
import type { Identity } from '../../auth/identity.js';
import { assertStillIn } from '../../auth/still-in.js';
import { WorkSlots } from '../../auth/passwords/work-slots.js';
import { TmuxyConfig } from '../../config/config.js';
import { AUDIT_LOG } from '../audit-log.token.js';
import { AuditTrail } from '../audit-trail.service.js';
import type { AuditLog } from '../log/audit-log.js';
import type { Who } from '../who.js';
import { AuditFeeds, type FeedRequest } from './audit-feeds.service.js';
import { FILTER_NAMES, givenFilters, readAuditFilter } from './audit-filter.js';
import { numberIn, readPage, readPageBounds } from './audit-page.js';
import { AuditReader } from './audit-reader.js';
import { statusViewOf } from './audit-view.js';
import { assertMayReadAudit } from './may-read-audit.js';
import { assertOnly } from './query-names.js';

/** Pages that are looked for at once: each may read 64 MiB, and people type meanwhile. */
const SEARCHES_MAX = 2;
/** Pages that wait for that; more are refused. */
export const SEARCHES_WAITING_MAX = 50;

/** Who asks for what of the log. */
export interface AuditQuery {
  readonly identity: Identity;
  readonly who: Who;
  readonly query: Readonly<Record<string, unknown>>;
}

/** Sends the log to a client, until `signal` or something else ends it. */
export type Follow = (sink: FeedRequest['sink'], signal: AbortSignal) => Promise<void>;

const EVENT_ID = /^(?:0|[1-9]\d{0,15})$/;

/** Reads the log for admins, and records that they did. */
@Injectable()
export class AuditQueries {
  readonly #logger = new Logger('Audit');
  readonly #reader: AuditReader;
  readonly #log: AuditLog;
  readonly #trail: AuditTrail;
  readonly #feeds: AuditFeeds;
  readonly #credentials: CredentialEvents;
  readonly #config: TmuxyConfig;
  readonly #searches = new WorkSlots(
    SEARCHES_MAX,
    SEARCHES_WAITING_MAX,
    'Too many searches of the audit log at once. Try again in a moment.',
  );

  constructor(
    reader: AuditReader,
    @Inject(AUDIT_LOG) log: AuditLog,
    trail: AuditTrail,
    feeds: AuditFeeds,
    credentials: CredentialEvents,
    config: TmuxyConfig,
  ) {
    this.#reader = reader;
    this.#log = log;
    this.#trail = trail;
    this.#feeds = feeds;
    this.#credentials = credentials;
    this.#config = config;
  }

  /**
   * One page, the newest first. That it was read is recorded once, not for the pages after the first.
   *
   * @throws ForbiddenError, InvalidRequestError; AuditUnavailableError when it cannot be recorded, UnavailableError
   * when too many others look for something
   */
  async page({ identity, who, query }: AuditQuery): Promise<AuditPageView> {
    assertMayReadAudit(identity);
    assertOnly(query, [...FILTER_NAMES, 'before', 'limit']);
    const request = { filter: readAuditFilter(query), ...readPageBounds(query) };
    const act = { action: 'audit.read', params: givenFilters(query) };
    return request.before === undefined
      ? await this.#trail.around(who, act, () => this.#page(request))
      : await this.#page(request);
  }

  /**
   * @returns what sends the log to them
   * @throws as `page`; UnauthenticatedError when they were signed out meanwhile
   */
  async follow(
    request: AuditQuery & { readonly lastEventId: string | undefined },
  ): Promise<Follow> {
    const { identity, who, query, lastEventId } = request;
    assertMayReadAudit(identity);
    assertOnly(query, [...FILTER_NAMES, 'after']);
    const filter = readAuditFilter(query);
    const after = lastEventOf(lastEventId) ?? afterIn(query);
    this.#feeds.assertOpen();
    const act = { action: 'audit.follow', params: givenFilters(query) };
    const intent = await this.#trail.intent(who, act);
    try {
      assertStillIn(this.#credentials, identity);
    } catch (error) {
      intent.failed(error);
      throw error;
    }
    return async (sink, signal) => {
      try {
        const records = await this.#feeds.run({ identity, filter, after, sink }, signal);
        intent.done({ records });
      } catch (error) {
        intent.failed(error);
        throw error;
      }
    };
  }

  async #page(request: Parameters<typeof readPage>[1]): Promise<AuditPageView> {
    // Before the log is read: whoever follows it from this size on misses nothing.
    const status = statusViewOf(this.#log.status, this.#config);
    const { records, next, damaged } = await this.#searches.run(() =>
      readPage(this.#reader, request),
    );
    if (damaged > 0) this.#logger.warn(`the log has damaged lines (${damaged} seen just now)`);
    return { records, next, status };
  }
}

function lastEventOf(header: string | undefined): number | undefined {
  return header !== undefined && EVENT_ID.test(header) ? Number(header) : undefined;
}

function afterIn(query: AuditQuery['query']): number | undefined {
  return query['after'] === '0' ? 0 : numberIn(query, 'after', Number.MAX_SAFE_INTEGER);
}
