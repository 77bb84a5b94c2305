import { backOffMs } from './back-off';
import type { StreamEnvironment } from './stream-environment';

/** A tab that is left for less than this is not reported: most come back at once. */
export const HIDDEN_DELAY_MS = 5_000;

export interface VisibilityReportOptions {
  readonly environment: Pick<StreamEnvironment, 'after' | 'random'>;
  readonly isVisible: () => boolean;
  /** Sends `set-visibility`; rejects when it was not carried out. */
  readonly tell: (isVisible: boolean) => Promise<unknown>;
}

/** Tells the server of each connection whether anybody can see the page, until it knows. */
export class VisibilityReport {
  private readonly options: VisibilityReportOptions;
  /** What the server knows; undefined without a connection. */
  private told: boolean | undefined;
  private failures = 0;
  private isTelling = false;
  private cancel: () => void = () => undefined;

  constructor(options: VisibilityReportOptions) {
    this.options = options;
  }

  /** There is a new connection, which the server takes for visible. */
  connected(): void {
    this.told = true;
    this.failures = 0;
    this.changed();
  }

  disconnected(): void {
    this.told = undefined;
    this.cancel();
  }

  /** The page was hidden or shown, or may have been. */
  changed(): void {
    this.cancel();
    if (this.told === undefined || this.isTelling) return;
    const isVisible = this.options.isVisible();
    if (isVisible === this.told) return;
    if (isVisible) void this.tell(true);
    else this.after(HIDDEN_DELAY_MS);
  }

  private after(ms: number): void {
    this.cancel();
    this.cancel = this.options.environment.after(ms, () => {
      const isVisible = this.options.isVisible();
      if (this.told !== undefined && isVisible !== this.told) void this.tell(isVisible);
    });
  }

  private async tell(isVisible: boolean): Promise<void> {
    this.isTelling = true;
    try {
      await this.options.tell(isVisible);
      this.failures = 0;
      // Undefined when the connection was lost meanwhile; another one starts visible.
      if (this.told !== undefined) this.told = isVisible;
    } catch {
      this.failures += 1;
    }
    this.isTelling = false;
    if (this.failures === 0) this.changed();
    else if (this.told !== undefined) {
      this.after(backOffMs(this.failures, this.options.environment.random()));
    }
  }
}
