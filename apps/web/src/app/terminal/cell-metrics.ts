import { Injectable, signal } from '@angular/core';
import type { Signal } from '@angular/core';

/** Size of one cell in CSS pixels, exactly as xterm lays cells out, and the font size behind it. */
@Injectable({ providedIn: 'root' })
export class CellMetrics {
  readonly fontSize = signal(14);
  readonly cell: Signal<{ readonly width: number; readonly height: number }> = signal({
    width: 8,
    height: 17,
  });
}
