import { Service, signal } from '@angular/core';

/** A one-time key taken from a link, until the sign-in page uses it. Kept in memory only. */
@Service()
export class PendingKey {
  private readonly waiting = signal<string | null>(null);

  readonly key = this.waiting.asReadonly();

  put(key: string): void {
    this.waiting.set(key);
  }

  /** The waiting key, which is then gone. */
  take(): string | null {
    const key = this.waiting();
    this.waiting.set(null);
    return key;
  }
}
