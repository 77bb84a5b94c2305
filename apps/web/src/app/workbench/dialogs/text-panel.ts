import { Component, input, output } from '@angular/core';
import { Dialog } from '../../ui/dialog';
import { Icon } from '../../ui/icon';

/** Lines that a command printed. */
@Component({
  selector: 'app-text-panel',
  imports: [Dialog, Icon],
  template: `
    <app-dialog [label]="title()" (closed)="done.emit()">
      <header>
        <b>{{ title() }}</b>
        <button class="bare square" aria-label="Close" (click)="done.emit()">
          <app-icon name="close" />
        </button>
      </header>
      <pre tabindex="0" (keydown.q)="done.emit()">{{
        lines().join(
          '
'
        )
      }}</pre>
    </app-dialog>
  `,
  styles: `
    header {
      display: flex;
      align-items: center;
      justify-content: space-between;
      padding: 4px 4px 4px 14px;
      border-bottom: 1px solid var(--line);
    }
    b {
      overflow: hidden;
      font-family: var(--cell-font-family);
      font-weight: 700;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    pre {
      margin: 0;
      padding: 10px 14px;
      overflow: auto;
      font: 12px / 1.5 var(--cell-font-family);
    }
    pre:focus-visible {
      outline-offset: -2px;
    }
  `,
})
export class TextPanel {
  readonly title = input.required<string>();
  readonly lines = input.required<readonly string[]>();

  readonly done = output();
}
