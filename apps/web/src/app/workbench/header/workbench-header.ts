import { Component } from '@angular/core';
import { DriverBadge } from './driver-badge';
import { SessionMenu } from './session-menu';
import { ViewMenu } from './view-menu';
import { WindowTabs } from './window-tabs';

/** The bar above the panes. */
@Component({
  selector: 'app-workbench-header',
  imports: [DriverBadge, SessionMenu, ViewMenu, WindowTabs],
  template: `<app-session-menu /><app-window-tabs /><app-driver-badge /><app-view-menu />`,
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
export class WorkbenchHeader {}
