import type { CommandScope, ScopedSession } from './types.js';

/**
 * What a `-t` or `-s` means to a command (cmd-find.c): a `winlink` is a window as it stands in one session,
 * a `slot` an index where a window may be put.
 */
export type TargetKind = 'session' | 'window' | 'winlink' | 'slot' | 'pane';

type LimitedScope = Extract<CommandScope, { kind: 'sessions' }>;

const ID = /^([$@%])(?:0|[1-9]\d{0,9})$/;
/** Tokens of panes and windows that stay inside the session they are looked up in. */
const WINDOW_TOKEN =
  /^(?:\d{1,9}|=?[\w %@+!^$/-]+|[!^$]|[+-]\d{0,4}|\{(?:start|last|end|next|previous)\})$/;
const PANE_TOKEN =
  /^(?:\d{1,9}|%\d{1,10}|!|[+-]\d{0,4}|\{(?:last|next|previous|top|bottom|left|right|top-left|top-right|bottom-left|bottom-right|up-of|down-of|left-of|right-of)\})$/;

/**
 * Writes a target so that tmux can find nothing outside the scope: ids stay, all else begins with the id
 * of a session (tmux.md §5.4). Names must be whole: tmux also takes beginnings and patterns of names, and
 * looks a window that a session does not have for a session.
 *
 * @returns undefined when it is outside the scope, or cannot be told to be inside
 */
export function scopedTarget(
  target: string,
  kind: TargetKind,
  scope: LimitedScope,
): string | undefined {
  const id = ID.exec(target)?.[1];
  if (id !== undefined) return scopedId(target, id, kind, scope);
  const colon = target.indexOf(':');
  if (colon === -1) return bareTarget(target, kind, scope);
  const session = colon === 0 ? currentOf(scope) : sessionOf(target.slice(0, colon), scope);
  return session === undefined ? undefined : inSession(session, target.slice(colon + 1), kind);
}

/** The current session of a limited scope as a target of any kind. */
export function currentTarget(scope: LimitedScope): string {
  return `${scope.current}:`;
}

function scopedId(
  target: string,
  sigil: string,
  kind: TargetKind,
  scope: LimitedScope,
): string | undefined {
  const current = currentOf(scope);
  const others = scope.sessions.filter(({ id }) => id !== scope.current);
  const sessions = current === undefined ? others : [current, ...others];
  const owner = sessions.find(({ id, windows, panes }) => {
    if (sigil === '$') return id === target;
    return sigil === '@' ? windows.some((window) => window.id === target) : panes.includes(target);
  });
  if (owner === undefined) return undefined;
  if (sigil === '$') return kind === 'session' ? target : `${target}:`;
  if (kind === 'session') return owner.id;
  if (kind === 'slot') return undefined;
  // A window may stand in a session outside of the scope as well.
  if (sigil === '@') return `${owner.id}:${target}`;
  // So that a pane that is moved out of the session before the command runs is not found any more.
  return kind === 'winlink' ? undefined : `${owner.id}:.${target}`;
}

function bareTarget(target: string, kind: TargetKind, scope: LimitedScope): string | undefined {
  const current = currentOf(scope);
  const named = sessionOf(target, scope);
  if (kind === 'session') return named?.id;
  if (current === undefined || target === '') return undefined;
  if (target.startsWith('.')) return inSession(current, target, kind);
  // tmux takes a lone word for a pane first, then for a window, then for a session.
  if (kind === 'pane') {
    if (PANE_TOKEN.test(target)) return inSession(current, `.${target}`, kind);
    if (/^[^.]+\.[^.]+$/.test(target)) return inSession(current, target, kind);
    return named === undefined ? undefined : `${named.id}:`;
  }
  if (/^(?:=|@|~)$/.test(target)) return undefined;
  const hasIndex = current.windows.some(({ index }) => String(index) === target);
  if (named !== undefined && !hasIndex && kind !== 'slot') return `${named.id}:`;
  return inSession(current, target, kind);
}

function inSession(session: ScopedSession, rest: string, kind: TargetKind): string | undefined {
  const dot = rest.indexOf('.');
  const window = dot === -1 ? rest : rest.slice(0, dot);
  const pane = dot === -1 ? undefined : rest.slice(dot + 1);
  if (window !== '' && !WINDOW_TOKEN.test(window)) return undefined;
  if (pane !== undefined && (kind === 'slot' || !PANE_TOKEN.test(pane))) return undefined;
  if (!ownsIds(session, window, pane)) return undefined;
  return `${session.id}:${window}${pane === undefined ? '' : `.${pane}`}`;
}

/**
 * tmux remembers a pane or window it found by its id before it sees that it is not in the session, and
 * commands that take a target that fails (`CMD_FIND_CANFAIL`: display-message, set-option, if-shell) act on it.
 */
function ownsIds(
  { windows, panes }: ScopedSession,
  window: string,
  pane: string | undefined,
): boolean {
  const isOwnWindow = !/^=?@\d/.test(window) || windows.some(({ id }) => id === window);
  return isOwnWindow && (pane?.startsWith('%') !== true || panes.includes(pane));
}

function sessionOf(text: string, { sessions }: LimitedScope): ScopedSession | undefined {
  const name = text.startsWith('=') ? text.slice(1) : text;
  if (text.startsWith('$')) return sessions.find(({ id }) => id === text);
  return /^[%@]/.test(name) || name === '' ? undefined : sessions.find((one) => one.name === name);
}

function currentOf({ sessions, current }: LimitedScope): ScopedSession | undefined {
  return sessions.find(({ id }) => id === current);
}
