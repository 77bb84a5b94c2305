import { Injectable } from '@angular/core';
import type { PaneId, UiRequest } from '#dto';

/** What tmux commands ask the browser to show. */
@Injectable()
export class UiRequests {
  show(requests: readonly UiRequest[], pane: PaneId | null): void {
    void requests;
    void pane;
  }
}
