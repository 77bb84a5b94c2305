import { Component, DOCUMENT, inject } from '@angular/core';
import { TerminalFocus } from '../workbench/terminal-focus';
import { Icon } from '../ui/icon';
import { FilePlaces } from './file-places';
import { filesKeyHint } from './files-key';

/** Opens and closes the file panel; not there where there is nothing to look into. */
@Component({
  selector: 'app-files-button',
  imports: [Icon],
  template: `
    @if (places.isAvailable()) {
      <button
        class="bare square"
        data-testid="files-button"
        [title]="'Files (' + hint + ')'"
        aria-label="Files"
        [attr.aria-expanded]="places.isOpen()"
        (click)="toggle()"
      >
        <app-icon name="folder" />
      </button>
    }
  `,
})
export class FilesButton {
  private readonly focus = inject(TerminalFocus);
  protected readonly places = inject(FilePlaces);

  protected readonly hint = filesKeyHint(inject(DOCUMENT).defaultView?.navigator.userAgent ?? '');

  protected toggle(): void {
    if (!this.places.isOpen()) {
      this.places.show();
      return;
    }
    this.places.close();
    this.focus.toActive();
  }
}
