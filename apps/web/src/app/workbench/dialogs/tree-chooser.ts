import { Component, computed, inject, input, output } from '@angular/core';
import { Router } from '@angular/router';
import type { WindowId } from '#dto';
import { SessionsApi } from '../../sessions/sessions-api';
import { SessionStore } from '../../stream/session-store';
import { sanitizeTitle } from '../../ui/title-text';
import { SessionCommands } from '../session-commands';
import { FilterList } from './filter-list';
import type { ListItem } from './filter-list';

/** tmux's choose-tree: the sessions, with the windows of this one below it. */
@Component({
  selector: 'app-tree-chooser',
  imports: [FilterList],
  template: `<app-filter-list
    [label]="of() === 'windows' ? 'Go to window' : 'Go to session'"
    [items]="items()"
    [isLoading]="sessions.isLoading()"
    (chosen)="go($event)"
    (closed)="done.emit()"
  />`,
})
export class TreeChooser {
  private readonly store = inject(SessionStore);
  private readonly commands = inject(SessionCommands);
  private readonly router = inject(Router);
  protected readonly sessions = inject(SessionsApi).list();

  readonly of = input.required<'sessions' | 'windows'>();

  readonly done = output();

  protected readonly items = computed<readonly ListItem[]>(() => {
    const here = this.store.session();
    const sessions = this.sessions.hasValue() ? this.sessions.value().sessions : [];
    const known = sessions.length > 0 ? sessions : here === null ? [] : [here];
    return known.flatMap((session) => {
      const isHere = session.id === here?.id;
      const item: ListItem = {
        id: `session ${session.name}`,
        text: sanitizeTitle(session.name),
        detail:
          'currentWindow' in session
            ? sanitizeTitle(`${session.currentWindow} · ${session.currentCommand}`)
            : '',
        depth: 0,
        isCurrent: isHere && this.of() === 'sessions',
      };
      return isHere ? [item, ...this.windowItems()] : [item];
    });
  });

  protected go(id: string): void {
    this.done.emit();
    const window = this.store.windows().find((each) => each.id === id);
    if (window !== undefined) {
      void this.commands.run('select-window', { window: window.id });
      return;
    }
    void this.router.navigate(['/s', id.slice('session '.length)]);
  }

  private windowItems(): readonly ListItem[] {
    return this.store.windows().map((window) => ({
      id: window.id satisfies WindowId,
      text: `${String(window.index)}: ${window.name}`,
      detail: this.store.panes().get(window.activePane)?.command ?? '',
      depth: 1,
      isCurrent: window.active && this.of() === 'windows',
    }));
  }
}
