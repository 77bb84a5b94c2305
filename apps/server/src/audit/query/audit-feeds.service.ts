import { setImmediate as turn } from 'node:timers/promises';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { FatalEvent } from '#dto';
import { CredentialEvents, type CredentialEndReason } from '../../auth/credential-events.js';
import type { Identity } from '../../auth/identity.js';
import { TmuxyConfig } from '../../config/config.js';
import { UnavailableError } from '../../http/app-error.js';
import { AUDIT_LOG } from '../audit-log.token.js';
import type { AuditLog } from '../log/audit-log.js';
import { AuditFeed, type FeedSink } from './audit-feed.js';
import type { AuditFilter } from './audit-filter.js';
import { AuditReader } from './audit-reader.js';
import { statusViewOf } from './audit-view.js';

/** Most feeds of one credential; past it the oldest is closed. */
export const FEEDS_PER_CREDENTIAL = 8;

const ENDED: Readonly<Record<CredentialEndReason, string>> = {
  'signed-out': 'You have been signed out.',
  revoked: 'This access was revoked. Sign in again.',
  expired: 'This sign-in has run out. Sign in again.',
  'rights-changed': 'What you may do here was changed.',
};

export interface FeedRequest {
  readonly identity: Identity;
  readonly filter: AuditFilter;
  /** Records after this `seq`; undefined: from now on. */
  readonly after: number | undefined;
  readonly sink: FeedSink;
}

/** Everybody who follows the log. */
@Injectable()
export class AuditFeeds implements BeforeApplicationShutdown {
  readonly #reader: AuditReader;
  readonly #log: AuditLog;
  readonly #config: TmuxyConfig;
  readonly #credentials: CredentialEvents;
  readonly #open = new Map<AuditFeed, Identity>();
  readonly #running = new Set<Promise<number>>();
  readonly #forget: () => void;
  #isDraining = false;

  constructor(
    reader: AuditReader,
    @Inject(AUDIT_LOG) log: AuditLog,
    config: TmuxyConfig,
    credentials: CredentialEvents,
  ) {
    this.#reader = reader;
    this.#log = log;
    this.#config = config;
    this.#credentials = credentials;
    this.#forget = credentials.onEnded(({ credentialId, reason }) => {
      this.#endThose((identity) => identity.credentialId === credentialId, {
        code: reason,
        message: ENDED[reason],
      });
    });
  }

  /** Tells every client that the server stops; what is told reaches the network before connections are cut. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#isDraining = true;
    this.#forget();
    this.#endThose(() => true, { code: 'draining', message: 'The tmuxy server stops.' });
    await Promise.allSettled([...this.#running]);
    await turn();
  }

  /** Whether a feed can be opened now. @throws UnavailableError while the server stops */
  assertOpen(): void {
    if (this.#isDraining) throw new UnavailableError('The server is stopping.');
  }

  /**
   * Sends the log to a client until it is gone, or may not see it any more.
   *
   * @returns how many records were sent
   */
  async run(request: FeedRequest, signal: AbortSignal): Promise<number> {
    const running = this.#run(request, signal);
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  async #run({ identity, filter, after, sink }: FeedRequest, signal: AbortSignal): Promise<number> {
    this.#makeRoom(identity.credentialId);
    const feed = new AuditFeed({
      reader: this.#reader,
      filter,
      after,
      sink,
      status: () => statusViewOf(this.#log.status, this.#config),
      onAppended: (listener) => this.#log.onAppended(listener),
    });
    this.#open.set(feed, identity);
    const stop = this.#log.onStateChange(() => {
      feed.tellStatus();
    });
    const onAbort = (): void => {
      feed.end(undefined);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted || this.#isDraining) onAbort();
    // Those that ended before it was open were not told.
    const reason = this.#credentials.endedSince(identity);
    if (reason !== undefined) feed.end({ code: reason, message: ENDED[reason] });
    try {
      return await feed.run();
    } finally {
      signal.removeEventListener('abort', onAbort);
      stop();
      this.#open.delete(feed);
    }
  }

  #makeRoom(credentialId: string): void {
    const own = [...this.#open].filter(([, identity]) => identity.credentialId === credentialId);
    for (const [feed] of own.slice(0, Math.max(0, own.length - FEEDS_PER_CREDENTIAL + 1))) {
      feed.end({
        code: 'too-many-streams',
        message: `The log was opened in more than ${FEEDS_PER_CREDENTIAL} places at once, so the oldest was closed.`,
      });
    }
  }

  #endThose(which: (identity: Identity) => boolean, last: FatalEvent): void {
    for (const [feed, identity] of this.#open) if (which(identity)) feed.end(last);
  }
}
