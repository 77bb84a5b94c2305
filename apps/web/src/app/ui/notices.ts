import { Service, signal } from '@angular/core';

/** A detail of a notice, on a line of its own. */
export interface NoticeFact {
  readonly name: string;
  readonly value: string;
}

/** Something the person should know; shown for a while, then gone. */
export interface NoticeText {
  readonly level: 'info' | 'warning' | 'error';
  readonly message: string;
  readonly facts?: readonly NoticeFact[];
}

/** A notice on screen. */
export interface Notice extends NoticeText {
  readonly id: number;
}

/** How long a notice stays; errors stay longer because they usually ask for something. */
const SHOWN_MS = { info: 5_000, warning: 8_000, error: 12_000 } as const;

/** More than this at once hides the terminals; the oldest go first. */
const MAX_SHOWN = 4;

/** Notices from anywhere in the app; `NoticeList` draws them. */
@Service()
export class Notices {
  private readonly items = signal<readonly Notice[]>([]);
  private nextId = 1;

  readonly shown = this.items.asReadonly();

  /** Shows a notice; one that says the same as one on screen replaces it. */
  push(text: NoticeText): void {
    const notice = { ...text, id: this.nextId++ };
    this.items.update((all) =>
      [...all.filter((other) => !saysTheSame(other, notice)), notice].slice(-MAX_SHOWN),
    );
    setTimeout(() => {
      this.dismiss(notice.id);
    }, SHOWN_MS[notice.level]);
  }

  dismiss(id: number): void {
    this.items.update((all) => all.filter((notice) => notice.id !== id));
  }
}

function saysTheSame(one: NoticeText, other: NoticeText): boolean {
  return one.message === other.message && JSON.stringify(one.facts) === JSON.stringify(other.facts);
}
