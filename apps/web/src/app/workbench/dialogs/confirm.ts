import { Component, input, output } from '@angular/core';
import type { UiRequest } from '#dto';
import { FocusOnShow } from '../../ui/focus-on-show';
import { PlainTitle } from '../../ui/title-text';

/** tmux's `confirm-before`: one line at the bottom; y goes on, every other key does not. */
@Component({
  selector: 'app-confirm',
  imports: [FocusOnShow, PlainTitle],
  host: {
    'data-testid': 'confirm',
    role: 'alertdialog',
    '[attr.aria-label]': 'request().message',
    '(keydown)': 'onKey($event)',
  },
  template: `
    <span class="message">{{ request().message | plainTitle }}</span>
    <button class="danger" (click)="done.emit(true)"><kbd>y</kbd> Yes</button>
    <button appFocusOnShow (click)="done.emit(false)"><kbd>n</kbd> No</button>
  `,
  styles: `
    :host {
      display: flex;
      gap: 8px;
      align-items: center;
      height: 100%;
      padding: 0 4px 0 10px;
      background: var(--danger-soft);
    }
    .message {
      flex: 1;
      overflow: hidden;
      font-family: var(--cell-font-family);
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    button {
      min-height: 22px;
      padding: 0 10px;
    }
    @media (pointer: coarse) {
      button {
        min-height: 34px;
      }
    }
  `,
})
export class Confirm {
  readonly request = input.required<Extract<UiRequest, { kind: 'confirm' }>>();

  readonly done = output<boolean>();

  protected onKey(event: KeyboardEvent): void {
    const isFocusMove = event.key === 'Tab' || event.key === 'Shift';
    // Enter and Space press the focused button, as everywhere.
    if (isFocusMove || event.key === 'Enter' || event.key === ' ') return;
    event.preventDefault();
    event.stopPropagation();
    this.done.emit(event.key === 'y' || event.key === 'Y');
  }
}
