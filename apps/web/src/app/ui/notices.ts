import { Injectable, signal } from '@angular/core';

export interface Notice {
  readonly level: 'info' | 'warning' | 'error';
  readonly message: string;
}

/** Things people should know now, from anywhere in the app. */
@Injectable({ providedIn: 'root' })
export class Notices {
  private readonly pushed = signal<readonly Notice[]>([]);
  readonly notices = this.pushed.asReadonly();

  push(notice: Notice): void {
    this.pushed.update((notices) => [...notices, notice]);
  }
}
