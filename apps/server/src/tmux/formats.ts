import { parsePaneId, parseSessionId, parseWindowId } from '#tmux-protocol';
import type { PaneId, SessionId, WindowId } from '#dto';

/**
 * A variable with its control characters replaced: a directory name may hold a line feed, and a reply line
 * may then start with anything (tmux.md §1.6 rule 3). The brackets hold real bytes, since tmux's regex knows
 * no escapes and `[[:cntrl:]]` breaks the modifier.
 */
const clean = (variable: string): string => `#{s|[\u0001-\u001f]|?|:${variable}}`;

/** Longest title, command or path that is passed on, in characters (tmux `=N:` keeps the first N). */
const TEXT_MAX = 512;
const text = (variable: string): string => `#{=${TEXT_MAX}:${clean(variable)}}`;

/**
 * A name, cut only where it is too long: from 3.4 on tmux writes some runs of `#` longer where it cuts. A program may
 * name its window with a megabyte, and a few of those are more than a reply may have.
 */
const nameOf = (variable: string): string =>
  `#{?#{e|>:#{n:${variable}},${TEXT_MAX}},${text(variable)},${clean(variable)}}`;

/** Each line starts with a letter of ours, so that none can be taken for protocol; fields part at tabs. */
const line = (letter: string, fields: readonly string[]): string => [letter, ...fields].join('\t');

export const SESSION_FORMAT = line('s', [
  '#{session_id}',
  '#{pid}',
  '#{start_time}',
  '#{version}',
  '#{client_name}',
  nameOf('session_name'),
]);

export const WINDOW_FORMAT = line('w', [
  '#{window_id}',
  '#{window_index}',
  '#{window_active}',
  '#{window_zoomed_flag}',
  '#{window_bell_flag}',
  '#{window_activity_flag}',
  '#{window_width}',
  '#{window_height}',
  '#{window_visible_layout}',
  nameOf('window_name'),
]);

export const PANE_FORMAT = line('p', [
  '#{pane_id}',
  '#{window_id}',
  '#{pane_index}',
  '#{pane_active}',
  '#{pane_left}',
  '#{pane_top}',
  '#{pane_width}',
  '#{pane_height}',
  '#{pane_dead}',
  '#{history_limit}',
  '#{pane_mode}',
  text('pane_title'),
  text('pane_current_command'),
  text('pane_current_path'),
]);

export const KEYS_FORMAT = line('k', ['#{prefix}', '#{prefix2}', '#{repeat-time}']);

export const LIST_FORMAT = line('l', [
  '#{session_id}',
  '#{pid}.#{start_time}',
  '#{session_windows}',
  '#{session_attached}',
  '#{session_created}',
  '#{session_activity}',
  nameOf('window_name'),
  text('pane_current_command'),
  nameOf('session_name'),
]);

export const SCOPE_FORMAT = line('x', [
  '#{session_id}',
  '#{window_id}',
  '#{window_index}',
  '#{pane_id}',
  nameOf('session_name'),
]);

/** No path has two slashes in a row, so they mark what was a control character: such a path cannot be told. */
const BROKEN_PATH = '//';
export const PATHS_FORMAT = line('d', [
  `#{s|[\u0001-\u001f\u007f]|${BROKEN_PATH}|:pane_current_path}`,
  nameOf('session_name'),
]);

/** Where a pane is; once for each session its window is linked into. */
export interface ScopeRow {
  readonly id: SessionId;
  readonly name: string;
  readonly window: WindowId;
  readonly index: number;
  readonly pane: PaneId;
}

export interface SessionRow {
  readonly id: SessionId;
  readonly name: string;
  /** tmux server process and its start: together they tell one server from its successor. */
  readonly server: string;
  readonly version: string;
  readonly clientName: string;
}

export interface WindowRow {
  readonly id: WindowId;
  readonly index: number;
  readonly active: boolean;
  readonly zoomed: boolean;
  readonly bell: boolean;
  readonly activity: boolean;
  readonly cols: number;
  readonly rows: number;
  readonly layout: string;
  readonly name: string;
}

export interface PaneRow {
  readonly id: PaneId;
  readonly window: WindowId;
  readonly index: number;
  readonly active: boolean;
  readonly left: number;
  readonly top: number;
  readonly cols: number;
  readonly rows: number;
  readonly dead: boolean;
  readonly historyLimit: number;
  readonly mode: string | null;
  readonly title: string;
  readonly command: string;
  readonly path: string;
}

/** The fields of one line, or undefined when it is not the expected one. */
function fieldsOf(row: string, letter: string, count: number): readonly string[] | undefined {
  const fields = row.split('\t');
  return fields[0] === letter && fields.length === count + 1 ? fields.slice(1) : undefined;
}

const isOn = (value: string | undefined): boolean =>
  value !== undefined && value !== '' && value !== '0';
const number = (value: string | undefined): number => Number(value ?? 0);

/** Reads one `SESSION_FORMAT` line; undefined when it is something else. */
export function parseSessionRow(row: string): SessionRow | undefined {
  const fields = fieldsOf(row, 's', 6);
  const id = parseSessionId(fields?.[0] ?? '');
  if (fields === undefined || id === undefined) return undefined;
  const [, pid = '', start = '', version = '', clientName = '', name = ''] = fields;
  return { id, name, server: `${pid}.${start}`, version, clientName };
}

/** Reads one `WINDOW_FORMAT` line; undefined when it is something else. */
export function parseWindowRow(row: string): WindowRow | undefined {
  const fields = fieldsOf(row, 'w', 10);
  const id = parseWindowId(fields?.[0] ?? '');
  if (fields === undefined || id === undefined) return undefined;
  const [, index, active, zoomed, bell, activity, cols, rows, layout = '', name = ''] = fields;
  return {
    id,
    index: number(index),
    active: isOn(active),
    zoomed: isOn(zoomed),
    bell: isOn(bell),
    activity: isOn(activity),
    cols: number(cols),
    rows: number(rows),
    layout,
    name,
  };
}

/** Reads one `SCOPE_FORMAT` line; undefined when it is something else. */
export function parseScopeRow(row: string): ScopeRow | undefined {
  const fields = fieldsOf(row, 'x', 5);
  const id = parseSessionId(fields?.[0] ?? '');
  const window = parseWindowId(fields?.[1] ?? '');
  const pane = parsePaneId(fields?.[3] ?? '');
  if (fields === undefined || !id || !window || !pane) return undefined;
  return { id, window, pane, index: number(fields[2]), name: fields[4] ?? '' };
}

/** Reads one `PATHS_FORMAT` line; undefined when it is something else, or tells no usable path. */
export function parsePathRow(
  row: string,
): { readonly session: string; readonly path: string } | undefined {
  const [path = '', session = ''] = fieldsOf(row, 'd', 2) ?? [];
  return path.startsWith('/') && !path.includes(BROKEN_PATH) ? { session, path } : undefined;
}

/** Reads one `PANE_FORMAT` line; undefined when it is something else. */
export function parsePaneRow(row: string): PaneRow | undefined {
  const fields = fieldsOf(row, 'p', 14);
  const id = parsePaneId(fields?.[0] ?? '');
  const window = parseWindowId(fields?.[1] ?? '');
  if (fields === undefined || id === undefined || window === undefined) return undefined;
  const [, , index, active, left, top, cols, rows, dead, limit, mode = ''] = fields;
  const [title = '', command = '', path = ''] = fields.slice(11);
  return {
    id,
    window,
    index: number(index),
    active: isOn(active),
    left: number(left),
    top: number(top),
    cols: number(cols),
    rows: number(rows),
    dead: isOn(dead),
    historyLimit: number(limit),
    mode: mode === '' ? null : mode,
    title,
    command,
    path,
  };
}
