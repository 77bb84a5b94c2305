import { CdkMenu, CdkMenuItem, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, inject } from '@angular/core';
import { Router } from '@angular/router';
import { SessionsApi } from '../../sessions/sessions-api';
import { SessionStore } from '../../stream/session-store';
import { Icon } from '../../ui/icon';
import { PlainTitle } from '../../ui/title-text';
import { keyHint } from '../key-hint';
import type { HintedAction } from '../key-hint';
import { TerminalFocus } from '../terminal-focus';
import { WindowActions } from '../window-actions';

/** The session's name; opens the other sessions and what can be done with this one. */
@Component({
  selector: 'app-session-menu',
  imports: [CdkMenu, CdkMenuItem, CdkMenuTrigger, Icon, PlainTitle],
  templateUrl: './session-menu.html',
  styleUrl: './session-menu.css',
})
export class SessionMenu {
  private readonly router = inject(Router);
  private readonly store = inject(SessionStore);
  protected readonly actions = inject(WindowActions);
  protected readonly focus = inject(TerminalFocus);

  protected readonly session = this.store.session;
  protected readonly sessions = inject(SessionsApi).list();

  protected hint(action: HintedAction): string {
    return keyHint(this.store.keyBindings(), action);
  }

  protected open(name: string): void {
    void this.router.navigate(['/s', name]);
  }

  protected toSessions(): void {
    void this.router.navigate(['/']);
  }
}
