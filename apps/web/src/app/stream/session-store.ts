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
import { VisibilityReport } from './visibility-report';
import { watchForWaking } from './wake-watch';

export type { ConnectionState } from './connection-state';

/** Lines of the connection's log that are kept; the oldest go first. */
const LOG_LINES = 200;
/** Commands that change nothing but what this page is sent. */
const ABOUT_THE_STREAM: ReadonlySet<CommandName> = new Set<CommandName>([
  'resync',
  'ack',
  'set-visibility',
]);
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

  private readonly visibility = new VisibilityReport({
    environment: this.environment,
    isVisible: () => document.visibilityState === 'visible',
    tell: (isVisible) => this.tellVisible(isVisible),
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
    const stopWatching = watchForWaking(this.environment, () => this.stream?.check());
    const changed = (): void => {
      this.visibility.changed();
    };
    document.addEventListener('visibilitychange', changed);
    inject(DestroyRef).onDestroy(() => {
      stopWatching();
      document.removeEventListener('visibilitychange', changed);
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
        this.visibility.disconnected();
        this.link.set({ status: 'resting' });
      },
      consume: (event, consumed) => this.consume(event, consumed),
      acknowledge: (received) => this.run('ack', { received }),
      trying: (attempt) => {
        if (attempt === 1 && this.state() === null)
          this.link.set({ status: 'connecting', attempt });
      },
      waiting: (attempt, reason, retryAt) => {
        this.visibility.disconnected();
        this.link.set({ status: 'reconnecting', attempt, reason, retryAt });
      },
      ended: (code, message) => {
        this.leaveBudget();
        this.visibility.disconnected();
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
    this.visibility.disconnected();
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
    // Who may only look asks for nothing but its stream, whatever control, key or mouse it came from.
    const readOnly = this.readOnlyReason();
    if (readOnly !== null && !ABOUT_THE_STREAM.has(cmd)) {
      return Promise.reject(new ApiError(readOnly, { status: 403, code: 'read-only' }));
    }
    const target = { session: this.name, token: info.sessionToken };
    return postCommand(this.environment, target, cmd, args);
  }

  private async tellVisible(visible: boolean): Promise<void> {
    // Around the request: while it is under way heartbeats may be as seldom as for a hidden page.
    if (!visible) this.stream?.setHidden(true);
    await this.run('set-visibility', { visible });
    if (visible) this.stream?.setHidden(false);
  }

  private consume(event: StreamEvent, consumed: () => void): Promise<void> {
    const { state } = this;
    if (event.name === 'snapshot') this.apply(reduceSnapshot(state(), event.data), consumed);
    else if (event.name === 'output') this.paneStreams.output(event.data, consumed);
    else if (event.name === 'frame') this.paneStreams.frame(event.data, consumed);
    else if (event.name === 'state') {
      const before = state();
      if (before === null) consumed();
      else this.apply(reduceState(before, event.data), consumed);
    } else {
      this.take(event);
      consumed();
    }
    return this.paneStreams.ready();
  }

  /** Events that draw nothing. */
  private take(event: StreamEvent): void {
    switch (event.name) {
      case 'connection-info':
        this.lastInfo.set(event.data);
        this.link.set({ status: 'up' });
        this.refresh.request();
        this.visibility.connected();
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
      case 'snapshot':
      case 'state':
      case 'output':
      case 'frame':
      case 'fatal':
        break;
    }
  }

  private apply({ state, seeds, removed }: Reduced, consumed: () => void): void {
    const parsed = afterAll(seeds.length, consumed);
    // Terminals first: the panes' components look them up when the signal tells of them.
    for (const seed of seeds) this.paneStreams.seed(seed, parsed);
    for (const pane of removed) this.paneStreams.remove(pane);
    this.state.set(state);
    this.name = state.session.name;
  }
}

/** Calls `done` when what it returns was called `count` times; at once when there is nothing to wait for. */
function afterAll(count: number, done: () => void): () => void {
  let left = count;
  if (left === 0) done();
  return () => {
    left -= 1;
    if (left === 0) done();
  };
}
