import { Component, inject } from '@angular/core';
import { UiRequests } from '../ui-requests';
import { KeyHelp } from './key-help';
import { PaneNumbers } from './pane-numbers';
import { TextPanel } from './text-panel';
import { TreeChooser } from './tree-chooser';

/** Draws the open request when it is one that covers the panes. */
@Component({
  selector: 'app-request-dialog',
  imports: [KeyHelp, PaneNumbers, TextPanel, TreeChooser],
  template: `
    @if (requests.current(); as open) {
      @switch (open.request.kind) {
        @case ('text') {
          <app-text-panel
            [title]="open.request.title"
            [lines]="open.request.lines"
            (done)="requests.close()"
          />
        }
        @case ('choose-tree') {
          <app-tree-chooser [of]="open.request.of" (done)="requests.close()" />
        }
        @case ('list-keys') {
          <app-key-help (done)="requests.close()" />
        }
        @case ('display-panes') {
          <app-pane-numbers (done)="requests.close()" />
        }
      }
    }
  `,
})
export class RequestDialog {
  protected readonly requests = inject(UiRequests);
}
