import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { CredentialEvents } from '../../auth/credential-events.js';
import type { Identity } from '../../auth/identity.js';
import { assertStillIn } from '../../auth/still-in.js';
import {
  InvalidRequestError,
  RateLimitedError,
  UnauthenticatedError,
  UnavailableError,
} from '../../http/app-error.js';
import { singleQuery } from '../../http/single-query.js';
import { AuditTrail, type Intent } from '../audit-trail.service.js';
import { FILTER_NAMES, givenFilters, readAuditFilter } from './audit-filter.js';
import type { AuditQuery } from './audit-queries.service.js';
import { AuditReader } from './audit-reader.js';
import {
  EXPORT_FORMATS,
  exportChunks,
  type ExportFormat,
  type ExportRequest,
} from './export-chunks.js';
import { assertMayReadAudit } from './may-read-audit.js';
import { assertOnly } from './query-names.js';
import { untilAborted } from './scan-budget.js';

/** Most exports that run at once; each may read all of the log. */
export const EXPORTS_MAX = 4;
const RETRY_SECONDS = 10;
/** Bytes that wait for the network beside what it has itself. */
const HIGH_WATER_BYTES = 64 * 1024;

const CONTENT_TYPES: Readonly<Record<ExportFormat, string>> = {
  jsonl: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8; header=present',
};

/** A download that begins when `sendTo` is called. */
export interface AuditDownload {
  readonly contentType: string;
  readonly fileName: string;
  /** Resolves when it was sent, or the client was gone; what cuts it off destroys `response`. */
  sendTo(response: Writable): Promise<void>;
}

/** Hands the log out as a file. */
@Injectable()
export class AuditExports implements BeforeApplicationShutdown {
  readonly #reader: AuditReader;
  readonly #trail: AuditTrail;
  readonly #credentials: CredentialEvents;
  readonly #running = new Set<AbortController>();
  readonly #sending = new Set<Promise<void>>();

  constructor(reader: AuditReader, trail: AuditTrail, credentials: CredentialEvents) {
    this.#reader = reader;
    this.#trail = trail;
    this.#credentials = credentials;
  }

  /** Cuts off what is being sent, and waits until that is recorded. */
  async beforeApplicationShutdown(): Promise<void> {
    for (const running of this.#running) {
      running.abort(new UnavailableError('The server is stopping.'));
    }
    await Promise.allSettled([...this.#sending]);
  }

  /**
   * @throws ForbiddenError, InvalidRequestError, RateLimitedError; AuditUnavailableError when it cannot be
   * recorded
   */
  async prepare({ identity, who, query }: AuditQuery): Promise<AuditDownload> {
    assertMayReadAudit(identity);
    assertOnly(query, [...FILTER_NAMES, 'format']);
    const filter = readAuditFilter(query);
    const format = formatIn(query);
    if (this.#running.size >= EXPORTS_MAX) {
      throw new RateLimitedError('Other exports are running; wait for one to end.', RETRY_SECONDS);
    }
    const run = this.#begin(identity);
    const act = { action: 'audit.export', params: { ...givenFilters(query), format } };
    try {
      assertStillIn(this.#credentials, identity);
      const intent = await this.#trail.intent(who, act);
      return {
        contentType: CONTENT_TYPES[format],
        fileName: `tmuxy-audit-${new Date().toISOString().slice(0, 10)}.${format}`,
        sendTo: async (response) => {
          const sending = this.#send(response, { format, filter }, { run, intent });
          this.#sending.add(sending);
          await sending.finally(() => this.#sending.delete(sending));
        },
      };
    } catch (error) {
      run.release();
      throw error;
    }
  }

  /** Counts one more, which ends with the credential it was asked for with. */
  #begin({ credentialId }: Identity): Run {
    const aborter = new AbortController();
    const forget = this.#credentials.onEnded((end) => {
      if (end.credentialId !== credentialId) return;
      aborter.abort(new UnauthenticatedError('What it was asked for with has ended.'));
    });
    this.#running.add(aborter);
    const release = (): void => {
      forget();
      this.#running.delete(aborter);
    };
    return { aborter, release };
  }

  async #send(
    response: Writable,
    request: Pick<ExportRequest, 'format' | 'filter'>,
    { run: { aborter, release }, intent }: { readonly run: Run; readonly intent: Intent },
  ): Promise<void> {
    const { signal } = aborter;
    const count = { records: 0, bytes: 0, damaged: 0 };
    const onGone = (): void => {
      // Closed after all was handed over is how it ends well.
      if (response.writableFinished) return;
      aborter.abort(new UnavailableError('The client was gone before the end.'));
    };
    response.once('close', onGone);
    try {
      const budget = untilAborted(signal);
      const chunks = exportChunks(this.#reader, { ...request, budget }, count);
      const from = Readable.from(chunks, { objectMode: false, highWaterMark: HIGH_WATER_BYTES });
      await pipeline(from, response, { signal });
      intent.done({ ...count });
    } catch (error) {
      intent.failed(signal.aborted ? signal.reason : error, { ...count });
      if (!signal.aborted) throw error;
    } finally {
      response.off('close', onGone);
      release();
    }
  }
}

/** An export that was let in. */
interface Run {
  readonly aborter: AbortController;
  readonly release: () => void;
}

function formatIn(query: AuditQuery['query']): ExportFormat {
  const text = singleQuery(query, 'format');
  const format = EXPORT_FORMATS.find((known) => known === text);
  if (format !== undefined) return format;
  throw new InvalidRequestError(`'format' is ${EXPORT_FORMATS.join(' or ')}.`, {
    details: { parameter: 'format' },
  });
}
