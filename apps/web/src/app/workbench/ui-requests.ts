import { ApplicationRef, computed, DestroyRef, inject, Service, signal } from '@angular/core';
import { Router } from '@angular/router';
import type { PaneId, UiRequest } from '#dto';
import { drawAtOnce } from '../ui/draw-at-once';
import { sanitizeTitle } from '../ui/title-text';
import { TerminalFocus } from './terminal-focus';

/** Kinds that are drawn over or below the panes until the person is done with them. */
export type DialogRequest = Extract<
  UiRequest,
  { kind: 'text' | 'confirm' | 'prompt' | 'choose-tree' | 'display-panes' | 'list-keys' }
>;

/** A request that waits for the person, with the pane it came from. */
export interface OpenRequest {
  readonly request: DialogRequest;
  readonly pane: PaneId | null;
}

/** How long a `message` stays on the status line. */
const MESSAGE_MS = 5_000;

/**
 * What tmux commands ask a terminal client to show, drawn by the workbench one after another. Each comes
 * and goes at once, the keyboard with it: the next key may be pressed before the next frame.
 */
@Service({ autoProvided: false })
export class UiRequests {
  private readonly app = inject(ApplicationRef);
  private readonly draw = drawAtOnce();
  private readonly router = inject(Router);
  private readonly focus = inject(TerminalFocus);
  private readonly queue = signal<readonly OpenRequest[]>([]);
  private readonly statusMessage = signal<string | null>(null);
  private messageTimer: ReturnType<typeof setTimeout> | undefined;

  /** The one to draw now. */
  readonly current = computed(() => this.queue()[0] ?? null);
  /** For the status line. */
  readonly message = this.statusMessage.asReadonly();

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      clearTimeout(this.messageTimer);
    });
  }

  show(requests: readonly UiRequest[], pane: PaneId | null): void {
    for (const request of requests) this.showOne(request, pane);
  }

  /** The person is done with the current one: the next has the keyboard, else the terminal. */
  close(): void {
    this.queue.update((queue) => queue.slice(1));
    this.app.tick();
    if (this.current() === null) this.focus.toActive();
  }

  private showOne(request: UiRequest, pane: PaneId | null): void {
    switch (request.kind) {
      case 'message':
        this.showMessage(request.text);
        return;
      case 'switch-session':
        void this.router.navigate(['/s', request.session]);
        return;
      case 'detach':
        void this.router.navigate(['/']);
        return;
      case 'copy-mode':
      case 'key-table':
        // The key dispatcher's own; it takes them out before the rest comes here.
        return;
      default:
        this.queue.update((queue) => [...queue, { request, pane }]);
        this.draw();
    }
  }

  private showMessage(text: string): void {
    clearTimeout(this.messageTimer);
    this.statusMessage.set(sanitizeTitle(text));
    this.messageTimer = setTimeout(() => {
      this.statusMessage.set(null);
    }, MESSAGE_MS);
  }
}
