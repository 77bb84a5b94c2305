import { Service, signal } from '@angular/core';
import type { PaneId, UiRequest } from '#dto';

/** A request that waits for the person, with the pane it came from. */
export interface OpenRequest {
  readonly request: UiRequest;
  readonly pane: PaneId | null;
}

/** What tmux commands ask a terminal client to show, drawn by the workbench one after another. */
@Service({ autoProvided: false })
export class UiRequests {
  private readonly queue = signal<readonly OpenRequest[]>([]);

  show(requests: readonly UiRequest[], pane: PaneId | null): void {
    this.queue.update((queue) => [...queue, ...requests.map((request) => ({ request, pane }))]);
  }
}
