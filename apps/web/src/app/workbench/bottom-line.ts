import { Component, inject } from '@angular/core';
import type { PaneId } from '#dto';
import { Confirm } from './dialogs/confirm';
import { Prompt } from './dialogs/prompt';
import { SessionCommands } from './session-commands';
import { StatusBar } from './status-bar';
import { UiRequests } from './ui-requests';

/** The last line of the screen: a prompt or a question while there is one, else the status bar. */
@Component({
  selector: 'app-bottom-line',
  imports: [Confirm, Prompt, StatusBar],
  template: `
    @if (requests.current(); as open) {
      @switch (open.request.kind) {
        @case ('prompt') {
          <app-prompt [request]="open.request" (done)="answer($event, open.pane)" />
        }
        @case ('confirm') {
          <app-confirm
            [request]="open.request"
            (done)="decide($event, open.request.command, open.pane)"
          />
        }
        @default {
          <app-status-bar />
        }
      }
    } @else {
      <app-status-bar />
    }
  `,
  styles: `
    :host {
      display: block;
      height: 26px;
      border-top: 1px solid var(--line);
      background: var(--surface-raised);
    }
    @media (pointer: coarse) {
      :host {
        height: 38px;
      }
    }
  `,
})
export class BottomLine {
  private readonly commands = inject(SessionCommands);
  protected readonly requests = inject(UiRequests);

  protected answer(
    run: { readonly command: string; readonly answers?: readonly string[] } | null,
    pane: PaneId | null,
  ): void {
    this.requests.close();
    if (run !== null) void this.commands.runLine(run.command, pane, run.answers);
  }

  protected decide(isYes: boolean, command: string, pane: PaneId | null): void {
    this.requests.close();
    if (isYes) void this.commands.runLine(command, pane);
  }
}
