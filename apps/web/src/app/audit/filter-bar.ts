import type { ElementRef } from '@angular/core';
import {
  Component,
  computed,
  DestroyRef,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { Icon } from '../ui/icon';
import { visibleText } from '../ui/visible-text';
import { ACTION_GROUPS, actionWords } from './action-words';
import { filterCount, NO_FILTERS } from './filters';
import type { AuditFilters } from './filters';
import { fromLocalInput, toLocalInput } from './time-text';

/** A search is asked for when nothing was typed for so long. */
const TYPING_PAUSE_MS = 350;
const CUSTOM = 'custom';

/** What is searched for and filtered; says what the filters should be, and leaves the rest to the page. */
@Component({
  selector: 'app-filter-bar',
  imports: [Icon],
  templateUrl: './filter-bar.html',
  styleUrl: './filter-bar.css',
})
export class FilterBar {
  readonly filters = input.required<AuditFilters>();
  /** Names that were seen, to choose from. */
  readonly people = input.required<readonly string[]>();
  readonly sessions = input.required<readonly string[]>();

  readonly changed = output<AuditFilters>();

  private readonly search = viewChild.required<ElementRef<HTMLInputElement>>('search');

  /** On a narrow page the filters are behind a button. */
  protected readonly isOpen = signal(false);
  protected readonly count = computed(() => filterCount(this.filters()));
  protected readonly hasAny = computed(() => this.count() > 0 || this.filters().q !== '');
  protected readonly groups = ACTION_GROUPS;
  /** What is filtered for when it is none of the groups. */
  protected readonly otherAction = computed(() => {
    const { action } = this.filters();
    const isKnown = action === '' || ACTION_GROUPS.some((group) => group.action === action);
    return isKnown ? null : action;
  });
  /** Also while the two times are still empty. */
  protected readonly isCustom = linkedSignal(() => {
    const { range, since, until } = this.filters();
    return range === '' && (since !== '' || until !== '');
  });
  protected readonly range = computed(() => (this.isCustom() ? CUSTOM : this.filters().range));
  protected readonly since = computed(() => toLocalInput(this.filters().since));
  protected readonly until = computed(() => toLocalInput(this.filters().until));

  private pause: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      clearTimeout(this.pause);
    });
  }

  focusSearch(): void {
    const { nativeElement } = this.search();
    nativeElement.focus();
    nativeElement.select();
  }

  protected typed(text: string): void {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => {
      this.set({ q: text.trim() });
    }, TYPING_PAUSE_MS);
  }

  protected searchNow(text: string): void {
    clearTimeout(this.pause);
    this.set({ q: text.trim() });
  }

  protected setRange(value: string): void {
    if (value === CUSTOM) {
      this.isCustom.set(true);
      return;
    }
    this.isCustom.set(false);
    this.set({ range: value as AuditFilters['range'], since: '', until: '' });
  }

  protected setTime(name: 'since' | 'until', value: string): void {
    this.set({ range: '', [name]: fromLocalInput(value) });
  }

  protected setVerdict(value: string): void {
    this.set({ verdict: value as AuditFilters['verdict'] });
  }

  protected set(some: Partial<AuditFilters>): void {
    this.changed.emit({ ...this.filters(), ...some });
  }

  protected clear(): void {
    clearTimeout(this.pause);
    this.search().nativeElement.value = '';
    this.isCustom.set(false);
    this.changed.emit(NO_FILTERS);
  }

  protected words(action: string): string {
    return actionWords(visibleText(action, 60));
  }
}
