import type {
  PaneChange,
  PaneId,
  PaneInfo,
  PaneView,
  SessionRef,
  SnapshotEvent,
  StateEvent,
  TmuxLinkView,
  ViewerView,
  WindowView,
} from '#dto';
import { sanitizeTitle } from '../ui/title-text';

/** What a snapshot and the state events after it add up to, without the panes' pictures. */
export interface SessionState {
  readonly session: SessionRef;
  readonly driver: string | null;
  readonly cols: number;
  readonly rows: number;
  readonly windows: readonly WindowView[];
  readonly panes: ReadonlyMap<PaneId, PaneInfo>;
  readonly viewers: readonly ViewerView[];
  readonly tmux: TmuxLinkView;
}

/** A picture that replaces a pane's terminal. */
export interface PaneSeeding {
  readonly pane: PaneInfo;
  readonly offset: number;
  readonly screen: string;
}

export interface Reduced {
  readonly state: SessionState;
  readonly seeds: readonly PaneSeeding[];
  readonly removed: readonly PaneId[];
}

function infoOf(view: PaneView): PaneInfo {
  const { screen, offset, ...info } = view;
  return shown(info);
}

/** What programs chose is made fit to be shown here, once, wherever it is shown later. */
function shown<T extends Partial<PaneInfo>>(info: T): T {
  const { title, command, path } = info;
  return {
    ...info,
    ...(title === undefined ? {} : { title: sanitizeTitle(title) }),
    ...(command === undefined ? {} : { command: sanitizeTitle(command) }),
    ...(path === undefined ? {} : { path: sanitizeTitle(path) }),
  };
}

function shownWindows(windows: readonly WindowView[]): readonly WindowView[] {
  return windows.map((window) => ({ ...window, name: sanitizeTitle(window.name) }));
}

/** Replaces everything by what the snapshot says. */
export function reduceSnapshot(previous: SessionState | null, event: SnapshotEvent): Reduced {
  const panes = new Map(event.panes.map((view) => [view.id, infoOf(view)] as const));
  const seeds = event.panes.map((view) => ({
    pane: infoOf(view),
    offset: view.offset,
    screen: view.screen,
  }));
  const { session, driver, cols, rows, viewers, tmux } = event;
  const windows = shownWindows(event.windows);
  return {
    state: { session, driver, cols, rows, windows, panes, viewers, tmux },
    seeds,
    removed: [...(previous?.panes.keys() ?? [])].filter((id) => !panes.has(id)),
  };
}

function isWhole(change: Partial<PaneView>): change is PaneView {
  return change.window !== undefined && change.cols !== undefined && change.rows !== undefined;
}

function merge(known: PaneInfo | undefined, change: PaneChange): PaneInfo | undefined {
  const { screen, offset, ...info } = change;
  if (known !== undefined) return { ...known, ...shown(info) };
  return isWhole(change) ? infoOf(change) : undefined;
}

/** Merges changes into the state; absent fields did not change, changes of unknown panes are dropped. */
export function reduceState(state: SessionState, event: StateEvent): Reduced {
  const panes = new Map(state.panes);
  const seeds: PaneSeeding[] = [];
  for (const change of event.panes ?? []) {
    const pane = merge(panes.get(change.id), change);
    if (pane === undefined) continue;
    panes.set(change.id, pane);
    if (change.screen !== undefined && change.offset !== undefined) {
      seeds.push({ pane, offset: change.offset, screen: change.screen });
    }
  }
  const removed = event.removedPanes ?? [];
  for (const id of removed) panes.delete(id);
  const changed = event.panes !== undefined || removed.length > 0;
  return {
    state: {
      session: event.session ?? state.session,
      driver: event.driver === undefined ? state.driver : event.driver,
      cols: event.cols ?? state.cols,
      rows: event.rows ?? state.rows,
      windows: event.windows === undefined ? state.windows : shownWindows(event.windows),
      panes: changed ? panes : state.panes,
      viewers: event.viewers ?? state.viewers,
      tmux: event.tmux ?? state.tmux,
    },
    seeds,
    removed,
  };
}
