import { CdkMenu, CdkMenuItem, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, DOCUMENT, inject, input } from '@angular/core';
import type { LayoutName, PaneId } from '#dto';
import { FilePlaces } from '../files/file-places';
import { filesKeyHint } from '../files/files-key';
import { SessionStore } from '../stream/session-store';
import { Icon } from '../ui/icon';
import { keyHint } from './key-hint';
import type { HintedAction } from './key-hint';
import { PaneActions } from './pane-actions';
import { SubmenuTrigger } from './submenu-trigger';

const LAYOUTS: readonly { readonly name: LayoutName; readonly label: string }[] = [
  { name: 'even-horizontal', label: 'Side by side' },
  { name: 'even-vertical', label: 'Stacked' },
  { name: 'main-horizontal', label: 'One large above' },
  { name: 'main-vertical', label: 'One large left' },
  { name: 'tiled', label: 'Tiled' },
];

/** Everything that can be done with one pane, each item with its tmux key. */
@Component({
  selector: 'app-pane-menu',
  imports: [CdkMenu, CdkMenuItem, CdkMenuTrigger, Icon, SubmenuTrigger],
  templateUrl: './pane-menu.html',
})
export class PaneMenu {
  private readonly store = inject(SessionStore);
  protected readonly actions = inject(PaneActions);
  protected readonly places = inject(FilePlaces);

  readonly pane = input.required<PaneId>();

  protected readonly layouts = LAYOUTS;
  protected readonly filesKey = filesKeyHint(
    inject(DOCUMENT).defaultView?.navigator.userAgent ?? '',
  );

  protected showFiles(): void {
    this.places.show(this.store.panes().get(this.pane())?.path);
  }

  protected hint(action: HintedAction): string {
    return keyHint(this.store.keyBindings(), action);
  }
}
