import type { ConnectionInfoEvent, FatalEvent } from '#dto';
import { HEARTBEAT_MS, HIDDEN_HEARTBEAT_MS, LAST_EVENT_ID_HEADER } from '#dto/constants';
import { ApiError } from './api-error';
import { backOffMs } from './back-off';
import { errorOf } from './command-client';
import { Receipts } from './receipts';
import { readMessages } from './sse-reader';
import { parseStreamEvent } from './stream-event';
import type { StreamEvent } from './stream-event';
import type { StreamEnvironment } from './stream-environment';
import { unlessSilent } from './unless-silent';

/** How one connection ended. */
type Ending =
  | { readonly kind: 'lost'; readonly reason: string; readonly retryAfterMs: number }
  | { readonly kind: 'rights-changed'; readonly message: string }
  | { readonly kind: 'ended'; readonly code: string; readonly message: string };

/** A server that does not answer for this long is given up; one that everybody comes back to may need its time. */
const ANSWER_TIMEOUT_MS = 30_000;
/** A stream that is asked for a sign of life and gives none for this long is dead. */
const PROBE_MS = 3_000;
/** The pause before the stream is opened anew with other rights; without one a fault would be a flood. */
const RIGHTS_PAUSE_MS = 100;

export interface EventStreamOptions {
  /** Asked at every try, because a session can be renamed while it is watched. */
  readonly session: () => string;
  readonly create: boolean;
  readonly environment: StreamEnvironment;
  /** Whether a connection may be open now; asked before each, and at `reconsider`. */
  readonly mayConnect: () => boolean;
  /** It may not: the stream waits for `reconsider`, and then comes back with what was missed. */
  readonly resting: () => void;
  /**
   * Consumes an event; the next is not taken from the network before it resolves. `consumed` is to be called when
   * the terminals have parsed it, too.
   */
  readonly consume: (event: StreamEvent, consumed: () => void) => Promise<void> | void;
  /** Tells the server how many characters of this connection were consumed. */
  readonly acknowledge: (received: number) => Promise<unknown>;
  readonly trying: (attempt: number) => void;
  readonly waiting: (attempt: number, reason: string, retryAt: number) => void;
  readonly ended: (code: string, message: string) => void;
  /** What this identity may do changed; the stream comes back at once with what it may do now. */
  readonly rightsChanged: (message: string) => void;
}

/** A status at which asking again later may help. */
function isPassing(status: number): boolean {
  return status >= 500 || status === 429 || status === 408;
}

function retryAfterMs(response: Response): number {
  const seconds = Number(response.headers.get('Retry-After'));
  return Number.isFinite(seconds) ? Math.max(0, seconds) * 1000 : 0;
}

/**
 * `GET /events`, read with `fetch`: connects, notices silence, comes back with `Last-Event-ID`. Runs
 * from construction until `close` or an ending that only the person can mend.
 */
export class EventStream {
  private readonly options: EventStreamOptions;
  private readonly closed = new AbortController();
  private lastEventId: string | null = null;
  /** Whether the current connection said hello. */
  private opened = false;
  private heartbeatMs = HEARTBEAT_MS;
  private hiddenHeartbeatMs = HIDDEN_HEARTBEAT_MS;
  private isHidden = false;
  private receipts: Receipts | null = null;
  private wake: () => void = () => undefined;
  private giveUp: () => void = () => undefined;
  /** Sets when the answer that is waited for is given up. */
  private limitSilence: (ms: number) => void = () => undefined;

  constructor(options: EventStreamOptions) {
    this.options = options;
    void this.run();
  }

  close(): void {
    this.closed.abort();
    this.wake();
  }

  /** Ends the wait before the next try, if there is one. */
  retryNow(): void {
    this.wake();
  }

  /** What `mayConnect` answers has changed. */
  reconsider(): void {
    if (!this.options.mayConnect()) this.giveUp();
    this.wake();
  }

  /** Asks now whether the connection still lives, instead of waiting for silence; or tries again now. */
  check(): void {
    this.wake();
    if (this.receipts === null) return;
    this.limitSilence(PROBE_MS);
    this.receipts.ask();
  }

  /** Whether the server may send heartbeats as for a page that nobody sees; not so on a new connection. */
  setHidden(isHidden: boolean): void {
    this.isHidden = isHidden;
    // Not shortened here: who is seen again asks for a sign of life anyway.
    if (isHidden) this.limitSilence(this.silenceMs());
  }

  private silenceMs(): number {
    return 2 * (this.isHidden ? this.hiddenHeartbeatMs : this.heartbeatMs);
  }

  private async run(): Promise<void> {
    const { environment } = this.options;
    let attempt = 1;
    while (!this.isClosed()) {
      if (!this.options.mayConnect()) {
        await this.rest();
        attempt = 1;
        continue;
      }
      this.options.trying(attempt);
      const ending = await this.connect();
      if (ending === null) return;
      if (!this.options.mayConnect()) continue;
      if (ending.kind === 'ended') {
        this.options.ended(ending.code, ending.message);
        return;
      }
      if (ending.kind === 'rights-changed') {
        this.options.rightsChanged(ending.message);
        await this.sleep(RIGHTS_PAUSE_MS);
        continue;
      }
      attempt = this.opened ? 1 : attempt;
      const delay = Math.max(ending.retryAfterMs, backOffMs(attempt, environment.random()));
      attempt += 1;
      this.options.waiting(attempt, ending.reason, environment.now() + delay);
      await this.sleep(delay);
    }
  }

  /** A method, because TypeScript would believe a checked `aborted` to stay false across awaits. */
  private isClosed(): boolean {
    return this.closed.signal.aborted;
  }

  private rest(): Promise<void> {
    this.options.resting();
    return new Promise((resolve) => {
      this.wake = () => {
        this.wake = () => undefined;
        resolve();
      };
    });
  }

  private sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.options.environment.after(ms, () => {
        this.wake();
      });
      this.wake = () => {
        cancel();
        this.wake = () => undefined;
        resolve();
      };
    });
  }

  /** One connection from its request to its end; null when it was closed from this side. */
  private async connect(): Promise<Ending | null> {
    const ending = await this.connectOnce();
    return this.isClosed() ? null : ending;
  }

  private async connectOnce(): Promise<Ending> {
    this.opened = false;
    const abort = new AbortController();
    const forward = (): void => {
      abort.abort();
    };
    this.closed.signal.addEventListener('abort', forward);
    this.giveUp = forward;
    try {
      const request = this.request(abort.signal);
      const response = await this.unlessSilent(abort, request, ANSWER_TIMEOUT_MS);
      if (!response.ok || response.body === null) return await this.refused(response);
      const reader = response.body.getReader();
      return await this.consumeAll(abort, reader);
    } catch (error) {
      return { kind: 'lost', reason: this.reasonOf(error), retryAfterMs: 0 };
    } finally {
      this.receipts?.close();
      this.receipts = null;
      this.closed.signal.removeEventListener('abort', forward);
      abort.abort();
    }
  }

  private request(signal: AbortSignal): Promise<Response> {
    const { session, create, environment } = this.options;
    const query = new URLSearchParams({ session: session(), flow: 'ack' });
    // Only the first time: a session that was killed meanwhile must not come back by itself.
    if (create && this.lastEventId === null) query.set('create', '1');
    const headers: Record<string, string> = { Accept: 'text/event-stream' };
    if (this.lastEventId !== null) headers[LAST_EVENT_ID_HEADER] = this.lastEventId;
    return environment.fetch(`events?${query.toString()}`, {
      headers,
      signal,
      cache: 'no-store',
    });
  }

  private async refused(response: Response): Promise<Ending> {
    const error = await errorOf(response);
    if (isPassing(response.status)) {
      return { kind: 'lost', reason: error.message, retryAfterMs: retryAfterMs(response) };
    }
    return { kind: 'ended', code: error.code, message: error.message };
  }

  private async consumeAll(
    abort: AbortController,
    reader: ReadableStreamDefaultReader<Uint8Array>,
  ): Promise<Ending> {
    const read = async (): Promise<Uint8Array | null> => {
      const { value } = await this.unlessSilent(abort, reader.read());
      this.receipts?.heard();
      return value ?? null;
    };
    for await (const message of readMessages(read)) {
      if (this.isClosed()) break;
      const event = parseStreamEvent(message);
      const size = message.data.length;
      const consumed = this.receipts?.take(size, event?.name === 'frame') ?? (() => undefined);
      if (event?.name === 'connection-info') this.open(event.data);
      if (event?.name === 'fatal') return this.fatal(event.data);
      if (event === null) consumed();
      else await this.options.consume(event, consumed);
      if (message.id !== null) this.lastEventId = message.id;
    }
    return { kind: 'lost', reason: 'The server closed the connection', retryAfterMs: 0 };
  }

  private open({ heartbeatMs, hiddenHeartbeatMs, flow }: ConnectionInfoEvent): void {
    this.opened = true;
    this.isHidden = false;
    this.heartbeatMs = heartbeatMs;
    this.hiddenHeartbeatMs = hiddenHeartbeatMs;
    if (flow === null) return;
    const { environment, acknowledge } = this.options;
    this.receipts = new Receipts({ environment, flow, send: acknowledge });
  }

  private fatal(event: FatalEvent): Ending {
    // A draining server is being restarted: the next one answers soon, and not to everybody at once.
    if (event.code === 'draining') {
      return { kind: 'lost', reason: event.message, retryAfterMs: event.retryMs ?? 0 };
    }
    if (event.code === 'rights-changed') return { kind: event.code, message: event.message };
    return { kind: 'ended', code: event.code, message: event.message };
  }

  /** Gives the connection up when nothing at all arrives for two heartbeats. */
  private unlessSilent<T>(
    abort: AbortController,
    pending: Promise<T>,
    silenceMs = this.silenceMs(),
  ): Promise<T> {
    const onWaiting = (limit: (ms: number) => void): void => {
      this.limitSilence = limit;
    };
    return unlessSilent(this.options.environment, { silenceMs, abort, onWaiting }, pending);
  }

  private reasonOf(error: unknown): string {
    return error instanceof ApiError ? error.message : 'The server cannot be reached';
  }
}
