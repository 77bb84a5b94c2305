import { backOffMs } from './back-off';
import type { StreamEnvironment } from './stream-environment';

export interface ScreenRefreshOptions {
  readonly environment: Pick<StreamEnvironment, 'after' | 'random'>;
  /** Asks for pictures of all panes; rejects when the server could not be asked or refused. */
  readonly ask: () => Promise<unknown>;
  /** Whether a pane still waits for a picture, and there is a connection to ask on. */
  readonly isNeeded: () => boolean;
  /** Told of the first failure of a row. */
  readonly failed: (error: unknown) => void;
}

/**
 * Asks for pictures until they came. One request is not enough: it, or the picture that answers it, can
 * be cut off with the connection, and a pane whose picture is missing shows nothing new ever again.
 */
export class ScreenRefresh {
  private readonly options: ScreenRefreshOptions;
  private failures = 0;
  private cancel: () => void = () => undefined;

  constructor(options: ScreenRefreshOptions) {
    this.options = options;
  }

  /** Asks now, if a picture is missing: when one is lost, and at every new connection. */
  request(): void {
    this.stop();
    if (!this.options.isNeeded()) return;
    this.options.ask().then(
      () => {
        this.failures = 0;
      },
      (error: unknown) => {
        this.askLater(error);
      },
    );
  }

  /** Asks no more until the next request. */
  stop(): void {
    this.cancel();
    this.cancel = () => undefined;
  }

  private askLater(error: unknown): void {
    // Without a connection there is nothing to tell: the next one asks.
    if (!this.options.isNeeded()) return;
    this.failures += 1;
    if (this.failures === 1) this.options.failed(error);
    const { environment } = this.options;
    this.stop();
    this.cancel = environment.after(backOffMs(this.failures, environment.random()), () => {
      this.request();
    });
  }
}
