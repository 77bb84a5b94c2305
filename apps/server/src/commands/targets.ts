import type { PaneId, PaneInfo, WindowId, WindowView } from '#dto';
import type { OpenConnection } from '../events/open-connection.js';
import { TargetNotFoundError } from '../tmux/tmux.errors.js';

/**
 * The pane, when it is one of the connection's session. tmux would take any pane of the server.
 * @throws TargetNotFoundError otherwise
 */
export function paneOf(connection: OpenConnection, id: PaneId): PaneInfo {
  const pane = connection.stream.watched.model?.panes.get(id);
  if (pane === undefined) throw new TargetNotFoundError(id);
  return pane;
}

/** The window, when it is one of the connection's session. @throws TargetNotFoundError otherwise */
export function windowOf(connection: OpenConnection, id: WindowId): WindowView {
  const window = connection.stream.watched.model?.windows.find((view) => view.id === id);
  if (window === undefined) throw new TargetNotFoundError(id);
  return window;
}

/** tmux's target for a window as part of this session: a window may be linked into several. */
export function windowTarget(connection: OpenConnection, id: WindowId): string {
  return `${connection.stream.session.id}:${windowOf(connection, id).id}`;
}

/**
 * tmux's target for a pane of this session, in whichever of its windows it is by now. When it was moved to
 * another session since it was looked at, tmux does not find it, and nothing is typed or ended there.
 * @throws TargetNotFoundError
 */
export function ownPane(connection: OpenConnection, id: PaneId): string {
  return `${connection.stream.session.id}:.${paneOf(connection, id).id}`;
}

/** tmux's target for a pane as part of this session, where tmux would otherwise choose among several. */
export function paneTarget(connection: OpenConnection, id: PaneId): string {
  const { window } = paneOf(connection, id);
  return `${windowTarget(connection, window)}.${id}`;
}
