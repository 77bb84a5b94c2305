import { Injectable } from '@nestjs/common';
import type { SplitDirection } from '#dto';
import { InvalidRequestError } from '../http/app-error.js';
import type { CommandHandlers } from './command-handler.js';
import { paneOf, windowTarget } from './targets.js';

/** Expanded by tmux to the pane's directory; the value itself is not expanded again (tmux.md §6). */
export const SAME_DIRECTORY = ['-c', '#{pane_current_path}'] as const;

const SPLIT_FLAGS = {
  right: ['-h'],
  left: ['-h', '-b'],
  below: ['-v'],
  above: ['-v', '-b'],
} as const satisfies Record<SplitDirection, readonly string[]>;

/** What the browser does with panes. Every target was checked to be one of the session's. */
@Injectable()
export class PaneHandlers {
  readonly handlers: Pick<
    CommandHandlers,
    | 'select-pane'
    | 'split-pane'
    | 'kill-pane'
    | 'zoom-pane'
    | 'resize-pane'
    | 'swap-pane'
    | 'break-pane'
    | 'clear-history'
  > = {
    'select-pane': async (connection, args) => {
      const { id, window } = paneOf(connection, args.pane);
      await connection.stream.watched.run([
        { words: ['select-window', '-t', windowTarget(connection, window)] },
        { words: ['select-pane', '-t', id] },
      ]);
      return null;
    },

    'split-pane': async (connection, { pane, direction }) => {
      const { id } = paneOf(connection, pane);
      await connection.stream.watched.run([
        { words: ['split-window', ...SPLIT_FLAGS[direction], ...SAME_DIRECTORY, '-t', id] },
      ]);
      return null;
    },

    'kill-pane': async (connection, { pane }) => {
      const { id } = paneOf(connection, pane);
      await connection.stream.watched.run([{ words: ['kill-pane', '-t', id] }]);
      return null;
    },

    'zoom-pane': async (connection, { pane }) => {
      const { id } = paneOf(connection, pane);
      await connection.stream.watched.run([{ words: ['resize-pane', '-Z', '-t', id] }]);
      return null;
    },

    'resize-pane': async (connection, { pane, cols, rows }) => {
      const { id } = paneOf(connection, pane);
      if ((cols === undefined) === (rows === undefined)) {
        throw new InvalidRequestError('Give exactly one of cols and rows.');
      }
      const size = cols === undefined ? ['-y', String(rows)] : ['-x', String(cols)];
      await connection.stream.watched.run([{ words: ['resize-pane', '-t', id, ...size] }]);
      return null;
    },

    'swap-pane': async (connection, { source, target }) => {
      const from = paneOf(connection, source).id;
      const to = paneOf(connection, target).id;
      await connection.stream.watched.run([{ words: ['swap-pane', '-d', '-s', from, '-t', to] }]);
      return null;
    },

    'break-pane': async (connection, { pane }) => {
      const { id } = paneOf(connection, pane);
      await connection.stream.watched.run([{ words: ['break-pane', '-s', id] }]);
      return null;
    },

    'clear-history': async (connection, { pane }) => {
      const { id } = paneOf(connection, pane);
      await connection.stream.watched.run([{ words: ['clear-history', '-t', id] }]);
      // Nothing in the output tells that the history is gone (tmux.md §9 item 38).
      connection.stream.watched.renew(id);
      return null;
    },
  };
}
