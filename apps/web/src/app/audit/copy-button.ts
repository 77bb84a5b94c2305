import { Component, DOCUMENT, inject, input, signal } from '@angular/core';
import { copyText } from '../terminal/copy-text';
import { Icon } from '../ui/icon';
import { Notices } from '../ui/notices';

/** How long the button says that it worked. */
const SAID_MS = 1_500;

/** Copies a text as it is, with all that is not seen in it. */
@Component({
  selector: 'app-copy-button',
  imports: [Icon],
  template: `
    <button
      type="button"
      class="bare square"
      [title]="label()"
      [attr.aria-label]="isCopied() ? 'Copied' : label()"
      (click)="copy()"
    >
      <app-icon [name]="isCopied() ? 'check' : 'copy'" />
    </button>
  `,
  styles: `
    button {
      width: 24px;
      min-height: 24px;
      color: var(--text-quiet);
    }
    @media (pointer: coarse) {
      button {
        width: var(--control-height);
        min-height: var(--control-height);
      }
    }
  `,
})
export class CopyButton {
  private readonly document = inject(DOCUMENT);
  private readonly notices = inject(Notices);

  readonly text = input.required<string>();
  /** What it copies: `Copy the hash`. */
  readonly label = input.required<string>();

  protected readonly isCopied = signal(false);

  protected async copy(): Promise<void> {
    this.isCopied.set(await copyText(this.document, this.text()));
    if (!this.isCopied()) {
      this.notices.push({
        level: 'error',
        message: 'The browser refused to copy. Select it instead.',
      });
    }
    setTimeout(() => {
      this.isCopied.set(false);
    }, SAID_MS);
  }
}
