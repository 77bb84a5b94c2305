import {
  afterRenderEffect,
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  untracked,
} from '@angular/core';
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
  /** Whether more are on their way: who types quickly chooses when they are here. */
  readonly isLoading = input(false);

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
  /** Enter was pressed before all items were here; typing on takes it back. */
  private readonly choosesSoon = linkedSignal({ source: this.filter, computation: () => false });

  constructor() {
    effect(() => {
      if (this.choosesSoon() && !this.isLoading()) untracked(() => this.chooseSelected());
    });
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
    this.choosesSoon.set(this.isLoading());
    if (this.isLoading()) return;
    const item = this.shown()[this.selected()];
    if (item !== undefined) this.chosen.emit(item.id);
  }
}
