import { CdkTrapFocus } from '@angular/cdk/a11y';
import { Component, input, output } from '@angular/core';

/** A modal panel: holds focus while it is open; Escape and a click beside it ask to close. */
@Component({
  selector: 'app-dialog',
  imports: [CdkTrapFocus],
  template: `
    <div class="backdrop" (mousedown)="closed.emit()"></div>
    <div
      class="panel"
      [class.wide]="wide()"
      role="dialog"
      aria-modal="true"
      cdkTrapFocus
      cdkTrapFocusAutoCapture
      [attr.aria-label]="label()"
      (keydown.escape)="closed.emit(); $event.stopPropagation()"
    >
      <ng-content />
    </div>
  `,
  styles: `
    :host {
      position: fixed;
      z-index: 800;
      inset: 0;
      display: grid;
      place-items: start center;
      padding: min(12vh, 96px) 12px 12px;
    }
    .backdrop {
      position: absolute;
      inset: 0;
      background: color-mix(in oklab, var(--cell-background) 55%, transparent);
    }
    .panel {
      position: relative;
      display: flex;
      flex-direction: column;
      width: min(560px, 100%);
      max-height: min(70vh, 100%);
      overflow: hidden;
      border: 1px solid var(--line);
      border-radius: var(--radius-large);
      background: var(--surface-raised);
      box-shadow: var(--shadow);
    }
    .panel.wide {
      width: min(720px, 100%);
      max-height: 100%;
    }
  `,
})
export class Dialog {
  readonly label = input.required<string>();
  /** For lists and forms. */
  readonly wide = input(false);

  readonly closed = output();
}
