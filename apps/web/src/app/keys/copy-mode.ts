import { Injectable, signal } from '@angular/core';
import type { Signal } from '@angular/core';
import type { PaneId } from '#dto';

export interface CopyModeState {
  readonly pane: PaneId;
  /** Lines above the bottom, and how many there are at most. */
  readonly scrolled: number;
  readonly history: number;
  readonly selecting: boolean;
  /** The search being typed, with the key that opened it; null while none is. */
  readonly prompt: { readonly direction: 'up' | 'down'; readonly text: string } | null;
  /** Result of the last search, for people; null before one. */
  readonly found: boolean | null;
}

/** The browser's own copy mode: history, selection and search by keys. */
@Injectable()
export class CopyMode {
  readonly state: Signal<CopyModeState | null> = signal<CopyModeState | null>(null);

  enter(pane: PaneId, options: { readonly pageUp: boolean }): void {
    void pane;
    void options;
  }

  leave(): void {}
}
