import { Component, inject } from '@angular/core';
import { IdentityMenu } from '../../account/identity-menu';
import { FilesButton } from '../../files/files-button';
import { SessionStore } from '../../stream/session-store';
import { TerminalFocus } from '../terminal-focus';
import { DriverBadge } from './driver-badge';
import { SessionMenu } from './session-menu';
import { ViewMenu } from './view-menu';
import { WindowTabs } from './window-tabs';

/** The bar above the panes. */
@Component({
  selector: 'app-workbench-header',
  imports: [DriverBadge, FilesButton, IdentityMenu, SessionMenu, ViewMenu, WindowTabs],
  template: `
    <app-session-menu /><app-window-tabs /><app-driver-badge /><app-files-button /><app-view-menu />
    @if (info(); as me) {
      <app-identity-menu
        [name]="me.identity.name"
        [role]="me.identity.role"
        [readOnly]="me.readOnly"
        (closed)="focus.afterMenu()"
      />
    }
  `,
  styles: `
    :host {
      display: flex;
      gap: 6px;
      align-items: center;
      height: var(--bar-height);
      padding: 0 4px;
      border-bottom: 1px solid var(--line);
      background: var(--surface-raised);
    }
  `,
})
export class WorkbenchHeader {
  protected readonly info = inject(SessionStore).info;
  protected readonly focus = inject(TerminalFocus);
}
