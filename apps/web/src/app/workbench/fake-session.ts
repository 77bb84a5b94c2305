import { computed, signal } from '@angular/core';
import type { Provider } from '@angular/core';
import type { KeyBindingsEvent, LayoutNode, PaneId, PaneInfo, WindowId, WindowView } from '#dto';
import { FilePlaces } from '../files/file-places';
import { CopyMode } from '../keys/copy-mode';
import { KeyDispatcher } from '../keys/key-dispatcher';
import { InputQueue } from '../stream/input-queue';
import { SessionStore } from '../stream/session-store';
import type { ConnectionState } from '../stream/session-store';
import { PasteGuard } from '../terminal/paste-guard';
import { Terminals } from '../terminal/terminals';
import { ClipboardConsent } from './clipboard-consent';
import { PaneActions } from './pane-actions';
import { SessionCommands } from './session-commands';
import { TerminalFocus } from './terminal-focus';
import { UiRequests } from './ui-requests';
import { ViewSettings } from './view-settings';
import { WindowActions } from './window-actions';

/** Test only: a session whose state a spec sets and whose commands it reads. */
export class FakeSession {
  readonly connection = signal<ConnectionState>({ status: 'live' });
  readonly windows = signal<readonly WindowView[]>([]);
  readonly panes = signal<ReadonlyMap<PaneId, PaneInfo>>(new Map());
  readonly keyBindings = signal<KeyBindingsEvent | null>(null);
  readonly isDriver = signal(true);
  readonly canType = signal(true);
  readonly readOnlyReason = signal<string | null>(null);
  readonly info = signal(null);
  readonly session = signal({ id: '$1', name: 'work' } as const);
  readonly viewers = signal([]);
  readonly driver = signal<string | null>(null);
  readonly grid = signal({ cols: 80, rows: 24 });
  readonly currentWindow = computed(() => this.windows().find((window) => window.active) ?? null);
  readonly activePane = computed(() => this.currentWindow()?.activePane ?? null);

  /** What was asked of the server, in order. */
  readonly sent: { readonly cmd: string; readonly args: unknown }[] = [];
  /** What the next commands answer. */
  answer: unknown = null;

  retryNow(): void {
    this.sent.push({ cmd: 'retry', args: null });
  }

  run(cmd: string, args: unknown): Promise<unknown> {
    this.sent.push({ cmd, args });
    return Promise.resolve(this.answer);
  }

  providers(): readonly Provider[] {
    return [
      { provide: SessionStore, useValue: this },
      {
        provide: KeyDispatcher,
        useValue: { armed: signal(null), switchTable: () => undefined },
      },
      { provide: InputQueue, useValue: { send: () => undefined, paste: () => undefined } },
      {
        provide: PasteGuard,
        useValue: { paste: () => undefined, asked: signal(null), asks: signal(true) },
      },
      ClipboardConsent,
      { provide: FilePlaces, useValue: { isAvailable: signal(false), isOpen: signal(false) } },
      { provide: CopyMode, useValue: { state: signal(null), enter: () => undefined } },
      { provide: Terminals, useValue: { get: () => undefined, screen: () => undefined } },
      UiRequests,
      SessionCommands,
      PaneActions,
      WindowActions,
      ViewSettings,
      TerminalFocus,
    ];
  }
}

export function aWindow(id: WindowId, index: number, more: Partial<WindowView> = {}): WindowView {
  const pane: PaneId = `%${Number(id.slice(1))}`;
  const layout: LayoutNode = { type: 'pane', pane, left: 0, top: 0, cols: 80, rows: 24 };
  return {
    id,
    index,
    name: `window-${String(index)}`,
    active: false,
    zoomed: false,
    bell: false,
    activity: false,
    cols: 80,
    rows: 24,
    layout,
    activePane: pane,
    ...more,
  };
}

export function aPane(id: PaneId, window: WindowId, more: Partial<PaneInfo> = {}): PaneInfo {
  return {
    id,
    window,
    index: 0,
    left: 0,
    top: 0,
    cols: 80,
    rows: 24,
    title: 'host',
    command: 'bash',
    path: '/home/ana',
    mode: null,
    dead: false,
    historyLimit: 2000,
    ...more,
  };
}
