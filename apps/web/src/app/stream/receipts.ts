import { FRAME_ACK_MS } from '#dto/constants';
import type { FlowView } from '#dto';
import { backOffMs } from './back-off';
import type { StreamEnvironment } from './stream-environment';

export interface ReceiptsOptions {
  readonly environment: Pick<StreamEnvironment, 'after' | 'now' | 'random'>;
  readonly flow: FlowView;
  /** Sends `ack`; rejects when it was not answered. */
  readonly send: (received: number) => Promise<unknown>;
}

/**
 * Tells the server how much of one connection's events was consumed: so much more each time, or after so long.
 * One request at a time: what is consumed meanwhile goes into the next.
 */
export class Receipts {
  private readonly options: ReceiptsOptions;
  private consumed = 0;
  private acknowledged = 0;
  private lastAt: number;
  private failures = 0;
  private isSending = false;
  private isAsked = false;
  /** Whether a frame was consumed that is not acknowledged. */
  private isFrameRead = false;
  private cancelFrame: (() => void) | null = null;
  private isClosed = false;
  private cancel: () => void = () => undefined;

  constructor(options: ReceiptsOptions) {
    this.options = options;
    this.lastAt = options.environment.now();
  }

  /** An event of `size` characters came; the returned function says that it was consumed. */
  take(size: number, isFrame = false): () => void {
    let rest = size;
    return () => {
      this.consumed += rest;
      if (isFrame && rest > 0) this.frameRead();
      rest = 0;
      this.pump();
    };
  }

  /** Something came, if only a heartbeat. */
  heard(): void {
    this.pump();
  }

  /** Asks the server for a sign of life on the stream: it gives one when told nothing new. */
  ask(): void {
    this.isAsked = true;
    this.pump();
  }

  /** The connection is over, and with it what was counted. */
  close(): void {
    this.isClosed = true;
    this.cancel();
    this.cancelFrame?.();
  }

  private isDue(): boolean {
    const { environment, flow } = this.options;
    const { consumed, acknowledged, lastAt } = this;
    if (this.isAsked || consumed - acknowledged >= flow.ackChars) return true;
    const waited = environment.now() - lastAt;
    return waited >= (this.isFrameRead ? FRAME_ACK_MS : flow.ackMs);
  }

  /** The next frame may wait for this to be acknowledged, and nothing else may come that would remind us. */
  private frameRead(): void {
    this.isFrameRead = true;
    this.cancelFrame ??= this.options.environment.after(FRAME_ACK_MS, () => {
      this.cancelFrame = null;
      this.pump();
    });
  }

  private pump(): void {
    if (this.isClosed || this.isSending || this.failures > 0 || !this.isDue()) return;
    void this.send(this.consumed);
  }

  private async send(received: number): Promise<void> {
    const { environment } = this.options;
    this.isSending = true;
    this.isFrameRead = false;
    this.lastAt = environment.now();
    try {
      await this.options.send(received);
      this.failures = 0;
      if (received === this.acknowledged) this.isAsked = false;
      this.acknowledged = received;
    } catch {
      // Nothing to tell: the stream itself shows whether the server is there. But it may wait for this.
      this.failures += 1;
      this.retryLater();
    }
    this.isSending = false;
    this.pump();
  }

  private retryLater(): void {
    if (this.isClosed) return;
    const { environment } = this.options;
    this.cancel = environment.after(backOffMs(this.failures, environment.random()), () => {
      void this.send(this.consumed);
    });
  }
}
