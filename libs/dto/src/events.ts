import type { IdentityView } from './identity.js';
import type { PaneId, SessionId, WindowId } from './ids.js';
import type { KeyBindingsEvent } from './keybindings.js';
import type { CellBox, LayoutNode } from './layout.js';

/** First event of every stream; carries the session token that `POST /commands` needs. */
export interface ConnectionInfoEvent {
  readonly connectionId: string;
  /** 32 hex digits; dies with this stream. */
  readonly sessionToken: string;
  readonly session: string;
  readonly identity: IdentityView;
  readonly readOnly: boolean;
  readonly serverVersion: string;
  readonly tmuxVersion: string;
  readonly heartbeatMs: number;
  /** The same while the page is hidden (`set-visibility`). */
  readonly hiddenHeartbeatMs: number;
  /** Bound on what is not acknowledged, with `flow=ack`; null: nothing is to be acknowledged. */
  readonly flow: FlowView | null;
  readonly limits: LimitsView;
}

/** How a viewer acknowledges; sizes in UTF-16 units of events' `data`. */
export interface FlowView {
  readonly windowChars: number;
  readonly ackChars: number;
  /** Longest time between two acknowledgements. */
  readonly ackMs: number;
}

/** Bounds a client must keep to; sizes in bytes of UTF-8. */
export interface LimitsView {
  readonly inputBytes: number;
  readonly pasteBytes: number;
  readonly minCols: number;
  readonly maxCols: number;
  readonly minRows: number;
  readonly maxRows: number;
}

export interface SessionRef {
  readonly id: SessionId;
  readonly name: string;
}

export interface WindowView {
  readonly id: WindowId;
  readonly index: number;
  readonly name: string;
  /** Whether it is the session's current window. */
  readonly active: boolean;
  readonly zoomed: boolean;
  /** Whether a program rang the bell there since it was last current (tmux's `window_bell_flag`). */
  readonly bell: boolean;
  /** Whether output arrived there since it was last current, when `monitor-activity` is on. */
  readonly activity: boolean;
  readonly cols: number;
  readonly rows: number;
  /** What is drawn: one pane while zoomed, else all. */
  readonly layout: LayoutNode;
  readonly activePane: PaneId;
}

/** What tmux reports of a pane; `title`, `command` and `path` come from programs: show as text only. */
export interface PaneInfo extends CellBox {
  readonly id: PaneId;
  readonly window: WindowId;
  readonly index: number;
  readonly title: string;
  readonly command: string;
  readonly path: string;
  /** tmux's mode name while the pane is in one (`copy-mode`, `tree-mode`…), else null. */
  readonly mode: string | null;
  /** Whether the program ended and the pane stays (`remain-on-exit`). */
  readonly dead: boolean;
  /** tmux's `history-limit` of the pane, in lines. */
  readonly historyLimit: number;
}

/** Position and picture of a pane's output at one moment. */
export interface PaneSeed {
  /** Bytes of output since this server began to watch the pane; the next `output` starts here. */
  readonly offset: number;
  /** Written to a blank terminal of `cols`×`rows`: history, screen, cursor and modes. */
  readonly screen: string;
}

export interface PaneView extends PaneInfo, PaneSeed {}

/** One open stream of the session, for "who is here". */
export interface ViewerView {
  readonly connectionId: string;
  readonly name: string;
  readonly readOnly: boolean;
}

/** The server's link to tmux for this session. */
export interface TmuxLinkView {
  readonly attached: boolean;
  /** Why not, for people; null while attached. */
  readonly reason: string | null;
}

export interface SnapshotEvent {
  readonly session: SessionRef;
  /** `connectionId` of the driver, whose viewport sizes the session. */
  readonly driver: string | null;
  readonly cols: number;
  readonly rows: number;
  readonly windows: readonly WindowView[];
  readonly panes: readonly PaneView[];
  readonly viewers: readonly ViewerView[];
  readonly tmux: TmuxLinkView;
}

/**
 * Output of one pane. `data` is UTF-8 decoded; a byte that is not part of valid UTF-8 is a lone low
 * surrogate U+DC00 + byte (as in PEP 383), so nothing is lost and the next offset can be computed.
 */
export interface OutputEvent {
  readonly pane: PaneId;
  /** Position of the first byte of `data`. */
  readonly offset: number;
  readonly data: string;
}

/**
 * What is on the screen of a pane that prints faster than it can be shown (ADR 14). No part of the counted output: the
 * next `output` of this pane comes after a `state` event that replaces its terminal's content, history included.
 */
export interface FrameEvent {
  readonly pane: PaneId;
  /** Written to the pane's terminal as it is: draws every row in its place, scrolls nothing, sets cursor and modes. */
  readonly screen: string;
}

/** A pane's changes: new panes come whole; `screen` with `offset` replaces the terminal's content. */
export type PaneChange = { readonly id: PaneId } & Partial<PaneView>;

/** Changes to what the last snapshot said; absent fields did not change. */
export interface StateEvent {
  readonly session?: SessionRef;
  readonly driver?: string | null;
  readonly cols?: number;
  readonly rows?: number;
  /** Whole list when any window changed. */
  readonly windows?: readonly WindowView[];
  readonly panes?: readonly PaneChange[];
  readonly removedPanes?: readonly PaneId[];
  readonly viewers?: readonly ViewerView[];
  readonly tmux?: TmuxLinkView;
}

export interface ClipboardEvent {
  readonly text: string;
}

export interface BellEvent {
  readonly pane: PaneId;
}

/** Something people should know now. */
export interface NoticeEvent {
  readonly level: 'info' | 'warning' | 'error';
  readonly code: string;
  readonly message: string;
}

/** A line of the connection's own log, for "what is it doing". */
export interface LogEvent {
  readonly at: string;
  readonly message: string;
}

/** The stream ends, and why. After `draining` the server comes back; else only the person can go on. */
export interface FatalEvent {
  /** After `rights-changed` a client that still may comes back at once; after the others it signs in, or not. */
  readonly code:
    | 'session-ended'
    | 'signed-out'
    | 'revoked'
    | 'expired'
    | 'rights-changed'
    /** The same credential opened more streams than it may; this was the oldest. */
    | 'too-many-streams'
    | 'draining';
  readonly message: string;
  /** With `draining`: how long to wait before coming back, another for each viewer. */
  readonly retryMs?: number;
}

/** Event name → shape of its `data`. There is never an event named `error`. */
export interface StreamEvents {
  'connection-info': ConnectionInfoEvent;
  snapshot: SnapshotEvent;
  output: OutputEvent;
  frame: FrameEvent;
  state: StateEvent;
  keybindings: KeyBindingsEvent;
  clipboard: ClipboardEvent;
  bell: BellEvent;
  notice: NoticeEvent;
  log: LogEvent;
  fatal: FatalEvent;
}

export type StreamEventName = keyof StreamEvents;
