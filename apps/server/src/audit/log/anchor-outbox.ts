import type { AuditEntry } from '#audit-log';
import { SERVER } from '../who.js';

/** Somewhere else, where checkpoints are kept. */
export interface Anchor {
  /** For people, without paths and addresses. */
  readonly name: string;
  /** Resolves when it has the note. @throws when it does not take it */
  send(note: string): Promise<void>;
}

/** Most checkpoints that wait for an anchor; past it the oldest goes, as a later one vouches for more. */
export const ANCHOR_QUEUE_MAX = 64;
const RETRY_MIN_MS = 1_000;
const RETRY_MAX_MS = 60_000;

/** Sends checkpoints to one anchor, for as long as it takes; nothing waits for it. */
export class AnchorOutbox {
  readonly #anchor: Anchor;
  readonly #record: (entry: AuditEntry) => void;
  #waiting: string[] = [];
  #sending: Promise<void> | undefined;
  #retry: NodeJS.Timeout | undefined;
  #retryMs = RETRY_MIN_MS;
  #isFailing = false;
  #isClosed = false;

  /** @param record records that it fails, and that it works again: once each */
  constructor(anchor: Anchor, record: (entry: AuditEntry) => void) {
    this.#anchor = anchor;
    this.#record = record;
  }

  add(note: string): void {
    this.#waiting = [...this.#waiting, note].slice(-ANCHOR_QUEUE_MAX);
    if (this.#retry === undefined) this.#start();
  }

  /** Tries once more what waits. */
  async close(): Promise<void> {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#isClosed = true;
    this.#start();
    await this.#sending;
  }

  #start(): void {
    this.#sending ??= this.#sendAll();
  }

  async #sendAll(): Promise<void> {
    for (let note = this.#waiting[0]; note !== undefined; note = this.#waiting[0]) {
      try {
        await this.#anchor.send(note);
      } catch (error) {
        this.#fail(error);
        break;
      }
      this.#waiting = this.#waiting.filter((waiting) => waiting !== note);
      this.#succeed();
    }
    // Here and not when it settles: what is added in between would wait for the next.
    this.#sending = undefined;
  }

  #fail(error: unknown): void {
    if (!this.#isFailing) this.#tell('anchor.failed', reasonOf(error));
    this.#isFailing = true;
    if (this.#isClosed) return;
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      this.#start();
    }, this.#retryMs).unref();
    this.#retryMs = Math.min(this.#retryMs * 2, RETRY_MAX_MS);
  }

  #succeed(): void {
    this.#retryMs = RETRY_MIN_MS;
    if (this.#isFailing) this.#tell('anchor.recovered');
    this.#isFailing = false;
  }

  #tell(action: string, reason?: string): void {
    const target = { anchor: this.#anchor.name };
    this.#record({ action, ...SERVER, target, ...(reason === undefined ? {} : { reason }) });
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown');
