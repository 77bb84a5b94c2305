import { Injectable, computed, signal } from '@angular/core';
import type { Signal } from '@angular/core';
import type {
  CommandName,
  Commands,
  ConnectionInfoEvent,
  KeyBindingsEvent,
  PaneId,
  PaneInfo,
  SessionRef,
  ViewerView,
  WindowView,
} from '#dto';
import { ApiError } from './api-error';
import type { ConnectionState } from './connection-state';

export type { ConnectionState } from './connection-state';

/** One open session: its state as signals, its commands. Provided by the workbench. */
@Injectable()
export class SessionStore {
  readonly connection: Signal<ConnectionState> = signal<ConnectionState>({
    status: 'connecting',
    attempt: 1,
  });
  readonly info: Signal<ConnectionInfoEvent | null> = signal<ConnectionInfoEvent | null>(null);
  readonly session: Signal<SessionRef | null> = signal<SessionRef | null>(null);
  readonly windows: Signal<readonly WindowView[]> = signal<readonly WindowView[]>([]);
  readonly currentWindow: Signal<WindowView | null> = computed(
    () => this.windows().find((window) => window.active) ?? null,
  );
  readonly panes: Signal<ReadonlyMap<PaneId, PaneInfo>> = signal<ReadonlyMap<PaneId, PaneInfo>>(
    new Map(),
  );
  readonly activePane: Signal<PaneId | null> = computed(
    () => this.currentWindow()?.activePane ?? null,
  );
  readonly viewers: Signal<readonly ViewerView[]> = signal<readonly ViewerView[]>([]);
  readonly driver: Signal<string | null> = signal<string | null>(null);
  readonly isDriver: Signal<boolean> = computed(() => {
    const info = this.info();
    return info !== null && info.connectionId === this.driver();
  });
  readonly canType: Signal<boolean> = computed(() => {
    const info = this.info();
    return info !== null && !info.readOnly && this.connection().status === 'live';
  });
  readonly keyBindings: Signal<KeyBindingsEvent | null> = signal<KeyBindingsEvent | null>(null);
  readonly grid: Signal<{ readonly cols: number; readonly rows: number }> = signal({
    cols: 80,
    rows: 24,
  });

  open(session: string, options: { readonly create?: boolean } = {}): void {
    void session;
    void options;
  }

  close(): void {}

  retryNow(): void {}

  run<C extends CommandName>(cmd: C, args: Commands[C]['args']): Promise<Commands[C]['result']> {
    void args;
    return Promise.reject(
      new ApiError(`${cmd}: not connected`, { status: 0, code: 'unavailable' }),
    );
  }
}
