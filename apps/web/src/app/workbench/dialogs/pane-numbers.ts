import { Component, computed, inject, output } from '@angular/core';
import type { PaneId } from '#dto';
import { SessionStore } from '../../stream/session-store';
import { FocusOnShow } from '../../ui/focus-on-show';
import { paneBoxes } from '../grid/geometry';
import { SessionCommands } from '../session-commands';

/** tmux's display-panes: a large number over each pane; its digit goes there. */
@Component({
  selector: 'app-pane-numbers',
  imports: [FocusOnShow],
  template: `
    <div
      class="cover"
      appFocusOnShow
      tabindex="-1"
      role="dialog"
      aria-label="Press the number of a pane"
      (keydown)="onKey($event)"
      (click)="done.emit()"
    >
      @for (pane of panes(); track pane.id) {
        <button
          class="bare"
          [class.active]="pane.isActive"
          [attr.aria-label]="'Pane ' + pane.index"
          [style.left.%]="pane.left"
          [style.top.%]="pane.top"
          [style.width.%]="pane.width"
          [style.height.%]="pane.height"
          (click)="go(pane.id)"
        >
          {{ pane.index }}
        </button>
      }
    </div>
  `,
  styles: `
    .cover {
      position: absolute;
      z-index: 20;
      inset: 0;
      background: color-mix(in oklab, var(--cell-background) 65%, transparent);
    }
    .cover:focus-visible {
      outline: none;
    }
    button {
      position: absolute;
      min-height: 0;
      color: var(--text-quiet);
      font: 700 clamp(32px, 9vmin, 88px) / 1 var(--cell-font-family);
    }
    button.active {
      color: var(--accent);
    }
  `,
})
export class PaneNumbers {
  private readonly store = inject(SessionStore);
  private readonly commands = inject(SessionCommands);

  readonly done = output();

  protected readonly panes = computed(() => {
    const window = this.store.currentWindow();
    if (window === null) return [];
    const rows = window.rows + 1;
    return paneBoxes(window.layout).map((box) => ({
      id: box.pane,
      index: this.store.panes().get(box.pane)?.index ?? 0,
      isActive: box.pane === window.activePane,
      left: (box.left / window.cols) * 100,
      top: ((box.top + 1) / rows) * 100,
      width: (box.cols / window.cols) * 100,
      height: (box.rows / rows) * 100,
    }));
  });

  protected go(pane: PaneId): void {
    void this.commands.run('select-pane', { pane });
  }

  /** As in tmux, any other key only takes the numbers away. */
  protected onKey(event: KeyboardEvent): void {
    if (event.key === 'Tab' || event.key === 'Shift' || event.key === 'Enter') return;
    event.preventDefault();
    event.stopPropagation();
    const pane = this.panes().find(({ index }) => String(index) === event.key);
    if (pane !== undefined) this.go(pane.id);
    this.done.emit();
  }
}
