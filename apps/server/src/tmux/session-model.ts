import { parseLayout } from '#tmux-protocol';
import type { PaneChange, PaneId, PaneInfo, SessionRef, StateEvent, WindowView } from '#dto';
import type { PaneRow, SessionRow, WindowRow } from './formats.js';

/** What tmux says of one session at one moment. */
export interface SessionModel {
  readonly session: SessionRef;
  /** Tells this tmux server from another one that reuses its ids. */
  readonly server: string;
  readonly tmuxVersion: string;
  readonly windows: readonly WindowView[];
  readonly panes: ReadonlyMap<PaneId, PaneInfo>;
  /** Size of the current window, in cells. */
  readonly cols: number;
  readonly rows: number;
}

/** What changed between two models; new panes are only named, since they must come with their screen. */
export interface ModelChange {
  readonly state: StateEvent;
  readonly added: readonly PaneId[];
  readonly resized: readonly PaneId[];
  readonly removed: readonly PaneId[];
}

/** Puts the rows of one atomic listing together. Throws when the session row is missing. */
export function buildModel(
  session: SessionRow,
  windowRows: readonly WindowRow[],
  paneRows: readonly PaneRow[],
): SessionModel {
  const windows = windowRows.flatMap((row) => windowView(row, paneRows));
  const known = new Set(windows.map((window) => window.id));
  const panes = new Map<PaneId, PaneInfo>();
  for (const row of paneRows) {
    if (!known.has(row.window)) continue;
    panes.set(row.id, paneInfo(row));
  }
  const current = windows.find((window) => window.active) ?? windows[0];
  return {
    session: { id: session.id, name: session.name },
    server: session.server,
    tmuxVersion: session.version,
    windows,
    panes,
    cols: current?.cols ?? 80,
    rows: current?.rows ?? 24,
  };
}

function paneInfo(row: PaneRow): PaneInfo {
  const { id, window, index, left, top, cols, rows } = row;
  const { title, command, path, mode, dead, historyLimit } = row;
  return {
    id,
    window,
    index,
    left,
    top,
    cols,
    rows,
    title,
    command,
    path,
    mode,
    dead,
    historyLimit,
  };
}

function windowView(row: WindowRow, paneRows: readonly PaneRow[]): WindowView[] {
  const active = paneRows.find((pane) => pane.window === row.id && pane.active);
  if (active === undefined) return [];
  const { layout, ...rest } = row;
  return [{ ...rest, layout: parseLayout(layout), activePane: active.id }];
}

/** Compares two models of one session. */
export function diffModels(before: SessionModel, after: SessionModel): ModelChange {
  const added: PaneId[] = [];
  const resized: PaneId[] = [];
  const changes: PaneChange[] = [];
  for (const [id, pane] of after.panes) {
    const old = before.panes.get(id);
    if (old === undefined) {
      added.push(id);
      continue;
    }
    if (old.cols !== pane.cols || old.rows !== pane.rows) resized.push(id);
    const change = changedFields(old, pane);
    if (Object.keys(change).length > 1) changes.push(change);
  }
  const removed = [...before.panes.keys()].filter((id) => !after.panes.has(id));
  const state: StateEvent = {
    ...(same(before.session, after.session) ? {} : { session: after.session }),
    ...(before.cols === after.cols ? {} : { cols: after.cols }),
    ...(before.rows === after.rows ? {} : { rows: after.rows }),
    ...(same(before.windows, after.windows) ? {} : { windows: after.windows }),
    ...(changes.length === 0 ? {} : { panes: changes }),
    ...(removed.length === 0 ? {} : { removedPanes: removed }),
  };
  return { state, added, resized, removed };
}

function changedFields(before: PaneInfo, after: PaneInfo): PaneChange {
  const old: Readonly<Record<string, unknown>> = { ...before };
  const changed = Object.entries(after).filter(([key, value]) => old[key] !== value);
  return { id: after.id, ...Object.fromEntries(changed) };
}

/** Plain values from the same code, so their JSON is comparable. */
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
