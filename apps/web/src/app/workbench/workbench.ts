import { Component, effect, inject, input, untracked, viewChild } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { Router } from '@angular/router';
import { FilePanel } from '../files/file-panel';
import { FilePlaces } from '../files/file-places';
import { isFilesKey } from '../files/files-key';
import { goToSignIn } from '../sign-in/require-sign-in';
import { SessionStore } from '../stream/session-store';
import { PasteGuard } from '../terminal/paste-guard';
import { SESSION_PROVIDERS } from '../terminal/session-providers';
import { BottomLine } from './bottom-line';
import { ClipboardBar } from './clipboard-bar';
import { ClipboardConsent } from './clipboard-consent';
import { ConnectionOverlay } from './connection-overlay';
import { LinkDialog } from './dialogs/link-dialog';
import { PasteDialog } from './dialogs/paste-dialog';
import { RequestDialog } from './dialogs/request-dialog';
import { PaneGrid } from './grid/pane-grid';
import { WorkbenchHeader } from './header/workbench-header';
import { KeyBar } from './key-bar/key-bar';
import { PaneActions } from './pane-actions';
import { SessionCommands } from './session-commands';
import { TerminalFocus } from './terminal-focus';
import { UiRequests } from './ui-requests';
import { ViewSettings } from './view-settings';
import { sanitizeTitle } from '../ui/title-text';
import { visibleHeight } from './visible-height';
import { WindowActions } from './window-actions';

/** Where a press of the mouse may move the focus. */
const KEEPS_ITS_FOCUS =
  'input, app-pane-terminal, app-connection-overlay, app-file-panel, [role=dialog], [role=alertdialog]';

/** Ends of a stream after which only a new sign-in helps. */
const SIGN_IN_ENDED: readonly string[] = ['unauthenticated', 'signed-out', 'revoked', 'expired'];

/** One session on screen. */
@Component({
  selector: 'app-workbench',
  host: { '(document:keydown)': 'toFiles($event)' },
  imports: [
    BottomLine,
    ClipboardBar,
    ConnectionOverlay,
    FilePanel,
    KeyBar,
    LinkDialog,
    PaneGrid,
    PasteDialog,
    RequestDialog,
    WorkbenchHeader,
  ],
  providers: [
    ...SESSION_PROVIDERS,
    ClipboardConsent,
    UiRequests,
    SessionCommands,
    PaneActions,
    WindowActions,
    ViewSettings,
    TerminalFocus,
    FilePlaces,
  ],
  template: `
    <main
      data-testid="workbench"
      [style.height.px]="height()"
      (mousedown)="keepFocus($event)"
      (dragover)="$event.preventDefault()"
      (drop)="$event.preventDefault()"
    >
      <app-workbench-header />
      <div class="body">
        <div class="screen">
          <app-pane-grid />
          <app-connection-overlay [name]="name()" (created)="reopen()" />
          <app-request-dialog />
          <app-link-dialog />
          @defer (when pastes.asked() !== null) {
            <app-paste-dialog />
          }
          <app-clipboard-bar />
        </div>
        @defer (when places.isOpen()) {
          @if (places.isOpen()) {
            <app-file-panel #files />
          }
        }
      </div>
      <app-bottom-line />
      <app-key-bar />
    </main>
  `,
  styles: `
    main {
      display: grid;
      grid-template-rows: auto minmax(0, 1fr) auto auto;
      grid-template-columns: minmax(0, 1fr);
      height: 100%;
      overflow: hidden;
    }
    :host {
      display: block;
      height: 100%;
    }
    .body {
      position: relative;
      display: flex;
      min-height: 0;
    }
    .screen {
      position: relative;
      flex: 1;
      min-width: 0;
      overflow: hidden;
    }
  `,
})
export class Workbench {
  private readonly store = inject(SessionStore);
  private readonly router = inject(Router);
  private readonly title = inject(Title);
  private readonly focus = inject(TerminalFocus);
  protected readonly pastes = inject(PasteGuard);
  protected readonly places = inject(FilePlaces);

  private readonly panel = viewChild<FilePanel>('files');

  /** Route parameter: the session's name. */
  readonly name = input.required<string>();

  protected readonly height = visibleHeight();

  constructor() {
    this.openNamedSession();
    this.followRename();
    this.leaveWhenSignedOut();
    effect(() => {
      const window = this.store.currentWindow()?.name;
      this.title.setTitle(
        [window, sanitizeTitle(this.name()), 'tmuxy'].filter(Boolean).join(' · '),
      );
    });
  }

  protected reopen(): void {
    this.store.open(this.name());
  }

  /** Pressing a bar, a tab or a border must not take the keyboard from the terminal. */
  protected keepFocus(event: MouseEvent): void {
    const { target } = event;
    if (!(target instanceof Element) || target.closest(KEEPS_ITS_FOCUS) !== null) return;
    event.preventDefault();
  }

  /** There and back again: between the terminal and the files. */
  protected toFiles(event: KeyboardEvent): void {
    const isElsewhere =
      event.target instanceof Element && event.target.closest('[role=dialog]') !== null;
    if (!isFilesKey(event) || isElsewhere || !this.places.isAvailable()) return;
    event.preventDefault();
    const panel = this.panel();
    if (panel === undefined) this.places.show();
    else if (panel.hasFocus()) this.focus.toActive();
    else panel.takeFocus();
  }

  private openNamedSession(): void {
    effect(() => {
      const name = this.name();
      untracked(() => {
        // The address only follows a rename: this session is open already.
        if (this.store.session()?.name !== name) this.store.open(name);
      });
    });
  }

  private followRename(): void {
    let shown: string | undefined;
    effect(() => {
      const session = this.store.session();
      const wasRenamed = shown === session?.id;
      shown = session?.id;
      if (session === null || !wasRenamed || session.name === untracked(this.name)) return;
      void this.router.navigate(['/s', session.name], { replaceUrl: true });
    });
  }

  private leaveWhenSignedOut(): void {
    effect(() => {
      const state = this.store.connection();
      if (state.status !== 'ended' || !SIGN_IN_ENDED.includes(state.code)) return;
      goToSignIn(this.router, state.code === 'unauthenticated' ? undefined : state.code);
    });
  }
}
