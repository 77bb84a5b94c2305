import { HttpErrorResponse } from '@angular/common/http';
import { computed, DestroyRef, inject, Service, signal } from '@angular/core';
import { Router } from '@angular/router';
import type { Subscription } from 'rxjs';
import type { AuditPageView, AuditRecordView, AuditStatusView } from '#dto';
import { goToSignIn } from '../sign-in/require-sign-in';
import { STREAM_ENVIRONMENT } from '../stream/stream-environment';
import { errorText } from '../ui/error-text';
import { AuditApi } from './audit-api';
import type { AuditQuery } from './audit-api';
import { LiveBatch } from './live-batch';
import { LiveStream } from './live-stream';
import type { LiveState } from './live-stream';
import { OtherHalves } from './other-halves';
import { EMPTY_LIST, isFull, withNewer, withOlder } from './record-list';
import type { RecordList } from './record-list';

/** Most live records that wait while somebody reads further down; past it the list is loaded anew instead. */
export const HELD_MAX = 1_000;
/** Pages without a match that are asked for by themselves before the person is asked. */
export const EMPTY_PAGES_MAX = 10;

/** Ends of a stream after which only a new sign-in helps. */
const SIGN_IN_ENDED: readonly string[] = ['unauthenticated', 'signed-out', 'revoked', 'expired'];

/** The records on the page: loads them by pages, and takes in what comes live. */
@Service({ autoProvided: false })
export class AuditRecords {
  private readonly api = inject(AuditApi);
  private readonly environment = inject(STREAM_ENVIRONMENT);
  private readonly router = inject(Router);

  private readonly list = signal<RecordList>(EMPTY_LIST);
  private readonly held = signal<readonly AuditRecordView[]>([]);
  private readonly isHeldLost = signal(false);
  private readonly loading = signal(true);
  private readonly problemText = signal<string | null>(null);
  private readonly forbidden = signal(false);
  private readonly lastStatus = signal<AuditStatusView | null>(null);
  private readonly liveState = signal<LiveState | 'off'>('off');

  readonly records = computed(() => this.list().records);
  /** Records that came live and wait for `showNew`; null: more than are kept. */
  readonly heldRecords = computed(() => (this.isHeldLost() ? null : this.held()));
  readonly isLoading = this.loading.asReadonly();
  /** Why the last request failed, for people. */
  readonly problem = this.problemText.asReadonly();
  readonly isForbidden = this.forbidden.asReadonly();
  readonly status = this.lastStatus.asReadonly();
  readonly live = this.liveState.asReadonly();
  readonly hasMore = computed(() => this.list().next !== null && !isFull(this.list()));
  /** Whether older records are there that do not fit in memory. */
  readonly isFull = computed(() => this.list().next !== null && isFull(this.list()));
  /** `seq` down to which the log was looked through; null: to its beginning. */
  readonly searchedTo = computed(() => this.list().next);

  private readonly batch = new LiveBatch<AuditRecordView>(this.environment, (records) => {
    this.takeIn(records);
  });
  private readonly halves = new OtherHalves(this.api, (records) => {
    this.list.update((list) => withNewer(list, records));
  });
  private query: AuditQuery = {};
  private wantsLive = false;
  private isReading = false;
  private request: Subscription | undefined;
  private stream: LiveStream | undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      this.stop();
    });
  }

  /** Loads the newest that match, in the place of all others, and follows the log if that is wanted. */
  open(query: AuditQuery, isFollowing: boolean): void {
    this.stop();
    this.query = query;
    this.wantsLive = isFollowing;
    this.held.set([]);
    this.isHeldLost.set(false);
    this.load(null, (page) => {
      this.list.set(withOlder(EMPTY_LIST, page));
      // Of the whole log, not of what matches: nothing between page and stream is missed.
      if (isFollowing) this.startStream(page.status.size);
    });
  }

  /** Loads the next older page. */
  more(): void {
    if (this.loading() || !this.hasMore()) return;
    this.load(this.list().next, (page) => {
      this.list.update((list) => withOlder(list, page));
    });
  }

  /** While somebody reads, new rows wait, so that nothing moves. */
  setReading(isReading: boolean): void {
    this.isReading = isReading;
    if (!isReading && !this.isHeldLost()) this.showNew();
  }

  /** Shows what came while somebody read. */
  showNew(): void {
    if (this.isHeldLost()) {
      this.open(this.query, this.wantsLive);
      return;
    }
    const held = this.held();
    if (held.length === 0) return;
    this.held.set([]);
    this.list.update((list) => withNewer(list, held));
  }

  private load(
    before: number | null,
    consume: (page: AuditPageView) => void,
    emptyPages = 0,
  ): void {
    this.loading.set(true);
    this.problemText.set(null);
    this.request = this.api.page(this.query, before).subscribe({
      next: (page) => {
        this.lastStatus.set(page.status);
        consume(page);
        const goesOn = page.records.length === 0 && emptyPages + 1 < EMPTY_PAGES_MAX;
        if (goesOn && page.next !== null) {
          this.load(
            page.next,
            (older) => {
              this.list.update((list) => withOlder(list, older));
            },
            emptyPages + 1,
          );
          return;
        }
        this.loading.set(false);
        this.halves.find(this.records(), page.status.size);
      },
      error: (error: unknown) => {
        this.loading.set(false);
        if (error instanceof HttpErrorResponse && error.status === 403) this.forbidden.set(true);
        else this.problemText.set(errorText(error));
      },
    });
  }

  private startStream(after: number): void {
    this.stream = new LiveStream({
      environment: this.environment,
      query: this.query,
      after,
      onRecord: (record) => {
        this.batch.add(record);
      },
      onStatus: (status) => {
        this.lastStatus.set(status);
      },
      onState: (state) => {
        this.liveState.set(state);
      },
      onEnded: (code, message) => {
        this.stopStream();
        if (SIGN_IN_ENDED.includes(code)) goToSignIn(this.router, code);
        else if (code === 'forbidden') this.forbidden.set(true);
        else this.problemText.set(message);
      },
    });
  }

  private takeIn(incoming: readonly AuditRecordView[]): void {
    if (!this.isReading) {
      this.list.update((list) => withNewer(list, incoming));
      return;
    }
    // The outcome of a row that is there changes that row and moves none.
    const shown = new Set(this.records().map(({ seq }) => seq));
    const isOfShown = ({ intent }: AuditRecordView): boolean =>
      intent !== undefined && shown.has(intent);
    this.list.update((list) => withNewer(list, incoming.filter(isOfShown)));
    this.hold(incoming.filter((record) => !isOfShown(record)));
  }

  private hold(records: readonly AuditRecordView[]): void {
    if (this.isHeldLost()) return;
    this.held.update((held) => withNewer({ records: held, next: null }, records).records);
    if (this.held().length <= HELD_MAX) return;
    this.held.set([]);
    this.isHeldLost.set(true);
  }

  private stop(): void {
    this.request?.unsubscribe();
    this.halves.stop();
    this.stopStream();
  }

  private stopStream(): void {
    this.stream?.close();
    this.stream = undefined;
    this.batch.clear();
    this.liveState.set('off');
  }
}
