import { Injectable, signal } from '@angular/core';

/** Which of the two colour schemes is on screen. */
@Injectable({ providedIn: 'root' })
export class Theme {
  readonly scheme = signal<'light' | 'dark'>('dark').asReadonly();
}
