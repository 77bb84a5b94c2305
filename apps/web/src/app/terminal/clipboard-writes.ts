import { Service, signal } from '@angular/core';
import type { PaneId } from '#dto';

/** Text that a pane's program wants on the clipboard (OSC 52). */
export interface ClipboardWrite {
  readonly pane: PaneId;
  readonly text: string;
}

/** The last wish of any program; `ClipboardConsent` decides what becomes of it. */
@Service()
export class ClipboardWrites {
  private readonly wish = signal<ClipboardWrite | null>(null);

  /** A new object for each wish. */
  readonly last = this.wish.asReadonly();

  put(write: ClipboardWrite): void {
    this.wish.set(write);
  }

  clear(): void {
    this.wish.set(null);
  }
}
