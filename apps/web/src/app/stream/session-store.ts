import { DestroyRef, Injectable, computed, inject, signal } from '@angular/core';
import type {
  BellEvent,
  ClipboardEvent,
  CommandName,
  Commands,
  ConnectionInfoEvent,
  KeyBindingsEvent,
  LogEvent,
  PaneId,
  PaneInfo,
} from '#dto';
import { StreamBudget } from '../tabs/stream-budget';
import { Notices } from '../ui/notices';
import { ApiError } from './api-error';
import { postCommand } from './command-client';
import type { ConnectionState } from './connection-state';
import { EventStream } from './event-stream';
import { PaneStreams } from './pane-streams';
import { PANE_SINKS } from './pane-sinks';
import { ScreenRefresh } from './screen-refresh';
import { STREAM_ENVIRONMENT } from './stream-environment';
import { reduceSnapshot, reduceState } from './session-state';
import type { Reduced, SessionState } from './session-state';
import type { StreamEvent } from './stream-event';

export type { ConnectionState } from './connection-state';

/** Lines of the connection's log that are kept; the oldest go first. */
const LOG_LINES = 200;
const NO_PANES: ReadonlyMap<PaneId, PaneInfo> = new Map();
const NO_GRID = { cols: 80, rows: 24 };

type Link = ConnectionState | { readonly status: 'up' };

/** One open session: its state as signals, its commands. Provided by the workbench. */
@Injectable()
export class SessionStore {
  private readonly environment = inject(STREAM_ENVIRONMENT);
  private readonly notices = inject(Notices);
  private readonly budget = inject(StreamBudget);
  private readonly paneStreams = new PaneStreams(inject(PANE_SINKS), () => {
    this.refresh.request();
  });
  private readonly refresh = new ScreenRefresh({
    environment: this.environment,
    ask: () => this.run('resync', {}),
    isNeeded: () => this.link().status === 'up' && this.paneStreams.isMissing(),
    failed: (error) => {
      const message = error instanceof Error ? error.message : String(error);
      this.notices.push({
        level: 'warning',
        message: `The screen could not be refreshed: ${message}`,
      });
    },
  });

  private readonly link = signal<Link>({ status: 'connecting', attempt: 1 });
  private readonly state = signal<SessionState | null>(null);
  private readonly lastInfo = signal<ConnectionInfoEvent | null>(null);
  private readonly lastBindings = signal<KeyBindingsEvent | null>(null);
  private readonly lastBell = signal<BellEvent | null>(null);
  private readonly lastClipboard = signal<ClipboardEvent | null>(null);
  private readonly logLines = signal<readonly LogEvent[]>([]);
  private stream: EventStream | null = null;
  private leaveBudget: () => void = () => undefined;
  private name = '';

  readonly connection = computed<ConnectionState>(() => {
    const link = this.link();
    if (link.status !== 'up') return link;
    const tmux = this.state()?.tmux;
    if (tmux === undefined) return { status: 'connecting', attempt: 1 };
    if (tmux.attached) return { status: 'live' };
    return { status: 'tmux-lost', reason: tmux.reason ?? 'tmux is not running' };
  });
  /** What the current (or last) connection was told about itself. */
  readonly info = this.lastInfo.asReadonly();
  readonly session = computed(() => this.state()?.session ?? null);
  readonly windows = computed(() => this.state()?.windows ?? []);
  readonly currentWindow = computed(() => this.windows().find((window) => window.active) ?? null);
  readonly panes = computed(() => this.state()?.panes ?? NO_PANES);
  readonly activePane = computed(() => this.currentWindow()?.activePane ?? null);
  readonly viewers = computed(() => this.state()?.viewers ?? []);
  readonly driver = computed(() => this.state()?.driver ?? null);
  readonly isDriver = computed(() => {
    const info = this.info();
    return info !== null && info.connectionId === this.driver();
  });
  /** Whether what is typed now would reach tmux. */
  readonly canType = computed(
    () => this.connection().status === 'live' && this.info()?.readOnly === false,
  );
  /** Why what is typed reaches nobody, for people; null while it does, or while nothing is known. */
  readonly readOnlyReason = computed(() => {
    const info = this.info();
    if (info?.readOnly !== true) return null;
    return info.identity.role === 'viewer'
      ? 'Your role is viewer: you see all that happens and change nothing.'
      : 'This session, or this sign-in, is read-only: nothing here can be changed.';
  });
  readonly keyBindings = this.lastBindings.asReadonly();
  readonly grid = computed<{ readonly cols: number; readonly rows: number }>(
    () => {
      const { cols, rows } = this.state() ?? NO_GRID;
      return { cols, rows };
    },
    { equal: (a, b) => a.cols === b.cols && a.rows === b.rows },
  );
  /** The last bell; a new object each time it rings. */
  readonly bell = this.lastBell.asReadonly();
  /** The last text that tmux put on its clipboard. */
  readonly clipboard = this.lastClipboard.asReadonly();
  readonly log = this.logLines.asReadonly();

  constructor() {
    const retry = (): void => {
      if (document.visibilityState === 'visible') this.retryNow();
    };
    window.addEventListener('online', retry);
    document.addEventListener('visibilitychange', retry);
    inject(DestroyRef).onDestroy(() => {
      window.removeEventListener('online', retry);
      document.removeEventListener('visibilitychange', retry);
      this.close();
    });
  }

  /** Opens a session by name, closing the one before; `create` makes it when it is not there. */
  open(session: string, options: { readonly create?: boolean } = {}): void {
    this.close();
    this.name = session;
    this.leaveBudget = this.budget.want(() => this.stream?.reconsider());
    this.stream = new EventStream({
      session: () => this.name,
      create: options.create ?? false,
      environment: this.environment,
      mayConnect: () => this.budget.mayStream(),
      resting: () => {
        this.link.set({ status: 'resting' });
      },
      consume: (event) => this.consume(event),
      trying: (attempt) => {
        if (attempt === 1 && this.state() === null)
          this.link.set({ status: 'connecting', attempt });
      },
      waiting: (attempt, reason, retryAt) => {
        this.link.set({ status: 'reconnecting', attempt, reason, retryAt });
      },
      ended: (code, message) => {
        this.link.set({ status: 'ended', code, message });
      },
      rightsChanged: (message) => {
        // Until the next connection says what is left: nothing is typed with rights that are gone.
        this.lastInfo.update((info) => info && { ...info, readOnly: true });
        this.notices.push({ level: 'warning', message });
      },
    });
  }

  close(): void {
    this.stream?.close();
    this.stream = null;
    this.leaveBudget();
    this.refresh.stop();
    this.paneStreams.clear();
    this.state.set(null);
    this.lastInfo.set(null);
    this.lastBindings.set(null);
    this.link.set({ status: 'connecting', attempt: 1 });
  }

  /** Tries again now instead of at `retryAt`. After an ending, `open` anew. */
  retryNow(): void {
    this.stream?.retryNow();
  }

  /**
   * Runs a command on the current connection.
   * @throws ApiError, also when there is no connection (status 0, `unavailable`).
   */
  run<C extends CommandName>(cmd: C, args: Commands[C]['args']): Promise<Commands[C]['result']> {
    const info = this.info();
    if (info === null || this.link().status !== 'up') {
      const message = 'Not connected to the server';
      return Promise.reject(new ApiError(message, { status: 0, code: 'unavailable' }));
    }
    // Who may only look asks for nothing but pictures, whatever control, key or mouse it came from.
    const readOnly = this.readOnlyReason();
    if (readOnly !== null && cmd !== 'resync') {
      return Promise.reject(new ApiError(readOnly, { status: 403, code: 'read-only' }));
    }
    const target = { session: this.name, token: info.sessionToken };
    return postCommand(this.environment, target, cmd, args);
  }

  private consume(event: StreamEvent): Promise<void> {
    switch (event.name) {
      case 'connection-info':
        this.lastInfo.set(event.data);
        this.link.set({ status: 'up' });
        this.refresh.request();
        break;
      case 'snapshot':
        this.apply(reduceSnapshot(this.state(), event.data));
        break;
      case 'state': {
        const state = this.state();
        if (state !== null) this.apply(reduceState(state, event.data));
        break;
      }
      case 'output':
        this.paneStreams.output(event.data);
        break;
      case 'frame':
        this.paneStreams.frame(event.data);
        break;
      case 'keybindings':
        this.lastBindings.set(event.data);
        break;
      case 'bell':
        this.lastBell.set(event.data);
        break;
      case 'clipboard':
        this.lastClipboard.set(event.data);
        break;
      case 'notice':
        this.notices.push({ level: event.data.level, message: event.data.message });
        break;
      case 'log':
        this.logLines.update((lines) => [...lines.slice(1 - LOG_LINES), event.data]);
        break;
      case 'fatal':
        break;
    }
    return this.paneStreams.ready();
  }

  private apply({ state, seeds, removed }: Reduced): void {
    // Terminals first: the panes' components look them up when the signal tells of them.
    for (const seed of seeds) this.paneStreams.seed(seed);
    for (const pane of removed) this.paneStreams.remove(pane);
    this.state.set(state);
    this.name = state.session.name;
  }
}
