import { HEARTBEAT_MS } from '#dto/constants';
import type { AuditStatusView, FatalEvent } from '#dto';
import type { ViewerSink } from '../../events/viewer-queue.js';
import { RESPONSE_HIGH_WATER_BYTES } from '../../events/viewer-queue.js';
import { type AuditFilter, matches } from './audit-filter.js';
import type { AuditReader, FollowOptions } from './audit-reader.js';

/** Where the events of one client go. */
export type FeedSink = ViewerSink;

export interface FeedOptions {
  readonly reader: AuditReader;
  readonly filter: AuditFilter;
  /** Records after this `seq`; undefined: from now on. */
  readonly after: number | undefined;
  readonly sink: FeedSink;
  readonly status: () => AuditStatusView;
  readonly onAppended: NonNullable<FollowOptions['onAppended']>;
}

/**
 * The log as one client follows it: `status` first and when it changed, `record` for each that fits, `fatal`
 * last. It is read as fast as the client takes it, so the log itself is the queue: a client that does not read
 * costs one block and one response's buffer, however long it waits.
 */
export class AuditFeed {
  readonly #options: FeedOptions;
  readonly #ended = new AbortController();
  #lastSeq = 0;
  #toldStatus = '';
  #sinceTurn = 0;
  #isIdle = true;
  #isOver = false;

  constructor(options: FeedOptions) {
    this.#options = options;
  }

  /** Follows the log until the feed is ended. @returns how many records were sent */
  async run(): Promise<number> {
    const { reader, filter, onAppended } = this.#options;
    const { signal } = this.#ended;
    const heartbeat = setInterval(() => {
      this.#heartbeat();
    }, HEARTBEAT_MS / 2);
    let sent = 0;
    try {
      this.#lastSeq = await this.#start();
      this.tellStatus();
      for await (const finding of reader.follow({ after: this.#lastSeq, signal, onAppended })) {
        // What was read before the end is not sent after it.
        if (signal.aborted) break;
        if (finding.kind !== 'record') continue;
        this.#lastSeq = finding.record.seq;
        if (!matches(finding.record, filter)) continue;
        this.#send('record', { record: finding.record });
        sent += 1;
        await this.#room();
      }
    } finally {
      clearInterval(heartbeat);
      this.end(undefined);
    }
    return sent;
  }

  /** Says how the log is doing, unless the client does not read: then it is told when it does. */
  tellStatus(): void {
    if (this.#isOver || this.#isFull()) return;
    const status = this.#options.status();
    const text = JSON.stringify(status);
    if (text === this.#toldStatus) return;
    this.#toldStatus = text;
    this.#send('status', status);
  }

  /** Ends it, with a last event; later calls do nothing. */
  end(last: FatalEvent | undefined): void {
    if (this.#isOver) return;
    if (last !== undefined) this.#send('fatal', last);
    this.#isOver = true;
    this.#ended.abort();
    this.#options.sink.end();
  }

  /** Nobody can have seen what is not written yet. */
  async #start(): Promise<number> {
    const newest = await this.#options.reader.lastSeq();
    return Math.min(this.#options.after ?? newest, newest);
  }

  #send(type: 'record' | 'status' | 'fatal', data: unknown): void {
    if (this.#isOver) return;
    const text = JSON.stringify(data);
    this.#isIdle = false;
    this.#sinceTurn += text.length;
    this.#options.sink.send({ type, id: this.#lastSeq, data: text });
  }

  #isFull(): boolean {
    return this.#options.sink.pendingBytes() >= RESPONSE_HIGH_WATER_BYTES;
  }

  /** Resolves when the client took what it was sent, or the feed has ended. */
  async #room(): Promise<void> {
    // What is handed over reaches the response in a later turn: until then its size does not show there.
    if (this.#sinceTurn >= RESPONSE_HIGH_WATER_BYTES) {
      await new Promise((resolve) => setImmediate(resolve));
      this.#sinceTurn = 0;
    }
    if (this.#isOver || !this.#isFull()) return;
    const { signal } = this.#ended;
    while (!signal.aborted && this.#isFull()) {
      await new Promise<void>((resolve) => {
        const done = (): void => {
          signal.removeEventListener('abort', done);
          resolve();
        };
        signal.addEventListener('abort', done, { once: true });
        this.#options.sink.onDrain(done);
      });
    }
    this.tellStatus();
  }

  /** A comment that shows both ends that the stream lives; the sizes of the log are told as often. */
  #heartbeat(): void {
    if (this.#isOver || this.#isFull()) return;
    this.tellStatus();
    if (this.#isIdle) this.#options.sink.heartbeat();
    this.#isIdle = true;
  }
}
