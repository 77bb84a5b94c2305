import type { PaneId, PaneSeed } from '#dto';
import type { Block } from '#tmux-protocol';
import type { LineCommand } from './command-queue.js';
import {
  PANE_FORMAT,
  parsePaneRow,
  parseSessionRow,
  parseWindowRow,
  SESSION_FORMAT,
  WINDOW_FORMAT,
} from './formats.js';
import { CAPTURE_COMMANDS, captureCommands, cursorRow, readCapture } from './pane-capture.js';
import { screenOf } from './pane-screen.js';
import { buildModel, type SessionModel } from './session-model.js';
import type { PaneOutputs } from './pane-outputs.js';

/** A session at one moment: what tmux lists, and the pictures that were asked for. */
export interface SessionPicture {
  readonly model: SessionModel;
  readonly seeds: ReadonlyMap<PaneId, PaneSeed>;
}

/** What a look at the session should include. */
export interface LookRequest {
  readonly session: string;
  readonly panes: readonly PaneId[];
  /** Panes among them that tmux has paused and that go on from here. */
  readonly paused: ReadonlySet<PaneId>;
  readonly historyLines: number;
}

const LIST_COMMANDS = 3;
/** History lines of one picture of a whole session, shared by its panes. */
const SNAPSHOT_HISTORY_LINES = 100_000;
/**
 * Bytes of that history, shared likewise. A program can give each cell colours of its own, and while such a picture
 * is drawn nobody else is served.
 */
const SNAPSHOT_HISTORY_BYTES = 4 * 1024 * 1024;

/** Most history lines of each pane in a picture of so many. */
export function historyShare(limit: number, panes: number): number {
  return Math.min(limit, Math.floor(SNAPSHOT_HISTORY_LINES / Math.max(1, panes)));
}

/**
 * The commands of one look, to be sent as one line: tmux runs them without anything in between, so lists
 * and pictures belong to the same moment (tmux.md §2.1).
 */
export function lookCommands(request: LookRequest): readonly LineCommand[] {
  const { session, panes, paused, historyLines } = request;
  return [
    { words: ['display-message', '-p', '-t', `${session}:`, SESSION_FORMAT] },
    { words: ['list-windows', '-t', session, '-F', WINDOW_FORMAT] },
    { words: ['list-panes', '-s', '-t', session, '-F', PANE_FORMAT] },
    ...panes
      .filter((pane) => paused.has(pane))
      .map((pane) => ({ words: ['refresh-client', '-A', `${pane}:continue`] as const })),
    ...panes.flatMap((pane) => captureCommands(pane, historyLines)),
  ];
}

const decoder = new TextDecoder();
const rowsOf = (block: Block | undefined): readonly string[] =>
  (block?.lines ?? []).map((line) => decoder.decode(line));

/** Reads the replies to `lookCommands`; the offsets are those of the outputs at this very moment. */
export function readLook(
  request: LookRequest,
  blocks: readonly Block[],
  outputs: PaneOutputs,
): SessionPicture {
  const [sessionBlock, windowsBlock, panesBlock] = blocks;
  const session = parseSessionRow(rowsOf(sessionBlock)[0] ?? '');
  if (session === undefined) throw new Error('tmux did not describe the session');
  const windows = rowsOf(windowsBlock).flatMap((row) => parseWindowRow(row) ?? []);
  const panes = rowsOf(panesBlock).flatMap((row) => parsePaneRow(row) ?? []);
  const firstCapture = LIST_COMMANDS + request.panes.filter((id) => request.paused.has(id)).length;
  const historyBytes = Math.floor(SNAPSHOT_HISTORY_BYTES / Math.max(1, request.panes.length));
  const seeds = new Map<PaneId, PaneSeed>();
  request.panes.forEach((pane, index) => {
    const from = firstCapture + index * CAPTURE_COMMANDS;
    const capture = readCapture(blocks.slice(from, from + CAPTURE_COMMANDS), historyBytes);
    const output = outputs.get(pane);
    if (request.paused.has(pane)) output?.relearnLine(cursorRow(capture));
    const screen = screenOf(capture, output?.restoreModes() ?? '');
    seeds.set(pane, { offset: output?.offset ?? 0, screen });
  });
  return { model: buildModel(session, windows, panes), seeds };
}
