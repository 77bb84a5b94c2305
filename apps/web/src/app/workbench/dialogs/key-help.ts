import { Component, computed, inject, output } from '@angular/core';
import { SessionStore } from '../../stream/session-store';
import { FilterList } from './filter-list';
import type { ListItem } from './filter-list';

/** Every key tmux has bound, searchable; choosing one only closes the list. */
@Component({
  selector: 'app-key-help',
  imports: [FilterList],
  template: `<app-filter-list
    label="Search keys"
    [items]="items()"
    (chosen)="done.emit()"
    (closed)="done.emit()"
  />`,
})
export class KeyHelp {
  private readonly store = inject(SessionStore);

  readonly done = output();

  protected readonly items = computed<readonly ListItem[]>(() => {
    const bindings = this.store.keyBindings();
    if (bindings === null) return [];
    return Object.entries(bindings.tables).flatMap(([table, keys]) => {
      const before = table === 'prefix' ? bindings.prefixes[0] : table === 'root' ? '' : table;
      return keys.map(({ key, command }) => ({
        id: `${table} ${key}`,
        text: `${before ?? ''} ${key}`.trim(),
        detail: command,
        depth: 0,
        isCurrent: false,
      }));
    });
  });
}
