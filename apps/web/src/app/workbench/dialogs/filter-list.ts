import {
  Component,
  computed,
  ElementRef,
  inject,
  input,
  linkedSignal,
  output,
  signal,
} from '@angular/core';
import { afterRenderEffect } from '@angular/core';
import { Dialog } from '../../ui/dialog';

/** One line of a `FilterList`. */
export interface ListItem {
  readonly id: string;
  readonly text: string;
  /** Quieter, behind the text. */
  readonly detail: string;
  /** How deep in the tree, from 0. */
  readonly depth: number;
  readonly isCurrent: boolean;
}

/** A dialog with a list that typing filters and the arrow keys walk. */
@Component({
  selector: 'app-filter-list',
  imports: [Dialog],
  templateUrl: './filter-list.html',
  styleUrl: './filter-list.css',
})
export class FilterList {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  readonly label = input.required<string>();
  readonly items = input.required<readonly ListItem[]>();

  readonly chosen = output<string>();
  readonly closed = output();

  protected readonly filter = signal('');
  protected readonly shown = computed(() => {
    const words = this.filter().toLowerCase().split(/\s+/);
    return this.items().filter(({ text, detail }) => {
      const line = `${text} ${detail}`.toLowerCase();
      return words.every((word) => line.includes(word));
    });
  });
  protected readonly selected = linkedSignal(() => {
    const current = this.shown().findIndex((item) => item.isCurrent);
    return Math.max(0, current);
  });

  constructor() {
    afterRenderEffect(() => {
      this.selected();
      this.host.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
    });
  }

  protected move(by: number, event: Event): void {
    event.preventDefault();
    const last = this.shown().length - 1;
    this.selected.update((at) => Math.min(last, Math.max(0, at + by)));
  }

  protected chooseSelected(): void {
    const item = this.shown()[this.selected()];
    if (item !== undefined) this.chosen.emit(item.id);
  }
}
