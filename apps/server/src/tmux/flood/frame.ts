import type { PaneId } from '#dto';
import type { Block } from '#tmux-protocol';
import type { LineCommand } from '../command-queue.js';
import { fieldsCommand, readFields, type PaneCapture } from '../pane-capture.js';
import type { Movement } from './calm-watch.js';

/** One look at a paused pane. */
export interface Frame extends Movement {
  /** Its screen, without history; undefined when only its movement was asked for. */
  readonly capture: PaneCapture | undefined;
}

/** The commands of one look at a pane: what is on its screen, or, when nobody sees it, only how it moves. */
export function frameCommands(pane: PaneId, isShown: boolean): readonly LineCommand[] {
  if (!isShown) return [fieldsCommand(pane)];
  return [
    fieldsCommand(pane),
    {
      words: ['capture-pane', '-p', '-e', '-N', '-t', pane],
      lines: (earlier) => Number(readFields(earlier.at(-1)).pane_height),
    },
  ];
}

/** Reads the replies to `frameCommands`. */
export function readFrame([fieldsBlock, screenBlock]: readonly Block[]): Frame {
  const fields = readFields(fieldsBlock);
  const rows = screenBlock?.lines ?? [];
  const capture = {
    ...{ fields, history: [], pen: '', screen: rows, saved: [] },
    pending: new Uint8Array(),
  };
  return {
    historySize: Number(fields.history_size),
    rows,
    capture: screenBlock === undefined ? undefined : capture,
  };
}
