import type { AuditRecordView, AuditStatusView } from '#dto';
import { HEARTBEAT_MS, LAST_EVENT_ID_HEADER } from '#dto/constants';
import { ApiError } from '../stream/api-error';
import { backOffMs } from '../stream/back-off';
import { errorOf } from '../stream/command-client';
import { readMessages } from '../stream/sse-reader';
import type { StreamMessage } from '../stream/sse-reader';
import type { StreamEnvironment } from '../stream/stream-environment';
import { unlessSilent } from '../stream/unless-silent';
import type { AuditQuery } from './audit-api';

export type LiveState = 'connecting' | 'live' | 'reconnecting';

/** Endings after which a server that still lets us comes back. */
const PASSING: readonly string[] = ['draining', 'rights-changed'];

/** Nothing at all for this long: the connection is dead. */
const SILENCE_MS = 2 * HEARTBEAT_MS;

/** Why there is no next connection. */
interface Ending {
  readonly code: string;
  readonly message: string;
}

export interface LiveStreamOptions {
  readonly environment: StreamEnvironment;
  readonly query: AuditQuery;
  /** `seq` after which records are wanted. */
  readonly after: number;
  readonly onRecord: (record: AuditRecordView) => void;
  readonly onStatus: (status: AuditStatusView) => void;
  readonly onState: (state: LiveState) => void;
  /** Trying again would not help. @param code of an error, or of the `fatal` event */
  readonly onEnded: (code: string, message: string) => void;
}

/** `GET /api/audit/events`: runs from construction until `close`, and comes back where it was cut. */
export class LiveStream {
  private readonly options: LiveStreamOptions;
  private readonly closed = new AbortController();
  private lastEventId: string | null = null;
  private attempt = 1;
  private cancelWait: () => void = () => undefined;

  constructor(options: LiveStreamOptions) {
    this.options = options;
    void this.run();
  }

  close(): void {
    this.closed.abort();
    this.cancelWait();
  }

  private async run(): Promise<void> {
    const { environment, onState, onEnded } = this.options;
    onState('connecting');
    while (!this.isClosed()) {
      const ending = await this.connect().catch(endingOf);
      if (this.isClosed()) return;
      if (ending !== null) {
        onEnded(ending.code, ending.message);
        return;
      }
      onState('reconnecting');
      await this.wait(backOffMs(this.attempt, environment.random()));
      this.attempt += 1;
    }
  }

  /** A method, because TypeScript would believe a checked `aborted` to stay false across awaits. */
  private isClosed(): boolean {
    return this.closed.signal.aborted;
  }

  private wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.options.environment.after(ms, resolve);
      this.cancelWait = () => {
        cancel();
        resolve();
      };
    });
  }

  /**
   * One connection until its end.
   * @returns why it is the last one; null: it broke
   * @throws ApiError as the server refuses, or what broke it
   */
  private async connect(): Promise<Ending | null> {
    const abort = new AbortController();
    const forward = (): void => {
      abort.abort();
    };
    this.closed.signal.addEventListener('abort', forward);
    const { environment } = this.options;
    const unlessDead = <T>(pending: Promise<T>): Promise<T> =>
      unlessSilent(environment, { silenceMs: SILENCE_MS, abort }, pending);
    try {
      const response = await unlessDead(this.request(abort.signal));
      if (!response.ok || response.body === null) throw await errorOf(response);
      if (this.isClosed()) return null;
      this.options.onState('live');
      const reader = response.body.getReader();
      const read = async (): Promise<Uint8Array | null> =>
        (await unlessDead(reader.read())).value ?? null;
      for await (const message of readMessages(read)) {
        if (this.isClosed()) return null;
        const ending = this.consume(message);
        if (ending !== null) return PASSING.includes(ending.code) ? null : ending;
      }
      return null;
    } finally {
      this.closed.signal.removeEventListener('abort', forward);
      abort.abort();
    }
  }

  private request(signal: AbortSignal): Promise<Response> {
    const { environment, query, after } = this.options;
    const headers: Record<string, string> = { Accept: 'text/event-stream' };
    if (this.lastEventId !== null) headers[LAST_EVENT_ID_HEADER] = this.lastEventId;
    const search = new URLSearchParams({ ...query, after: String(after) });
    return environment.fetch(`api/audit/events?${search.toString()}`, {
      headers,
      signal,
      cache: 'no-store',
    });
  }

  /** @returns why the stream ends, if it does */
  private consume({ event, id, data }: StreamMessage): Ending | null {
    this.attempt = 1;
    if (event === 'record') {
      this.options.onRecord((JSON.parse(data) as { readonly record: AuditRecordView }).record);
    } else if (event === 'status') {
      this.options.onStatus(JSON.parse(data) as AuditStatusView);
    }
    if (id !== null) this.lastEventId = id;
    return event === 'fatal' ? (JSON.parse(data) as Ending) : null;
  }
}

/** What an error of a connection means; null: a network or a server that may come back. */
function endingOf(error: unknown): Ending | null {
  return error instanceof ApiError && isFinal(error.status) ? error : null;
}

/** A status at which asking again would not help. */
function isFinal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}
