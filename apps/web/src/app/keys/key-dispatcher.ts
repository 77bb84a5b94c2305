import { Injectable, signal } from '@angular/core';
import type { Signal } from '@angular/core';

/** Takes keys that tmux's key tables bind, before they reach a program. */
@Injectable()
export class KeyDispatcher {
  /** The table the next key is looked up in, while it is not the root table. */
  readonly armed: Signal<{ readonly table: string } | null> = signal<{
    readonly table: string;
  } | null>(null);
}
