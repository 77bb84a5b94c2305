import { Injectable } from '@nestjs/common';
import type { SplitDirection } from '#dto';
import { InvalidRequestError } from '../http/app-error.js';
import type { CommandHandlers } from './command-handler.js';
import { ownPane, paneOf, paneTarget, windowTarget } from './targets.js';

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
      const { window } = paneOf(connection, args.pane);
      await connection.stream.watched.run([
        { words: ['select-window', '-t', windowTarget(connection, window)] },
        { words: ['select-pane', '-t', ownPane(connection, args.pane)] },
      ]);
      return null;
    },

    'split-pane': async (connection, { pane, direction }) => {
      const target = paneTarget(connection, pane);
      await connection.stream.watched.run([
        { words: ['split-window', ...SPLIT_FLAGS[direction], ...SAME_DIRECTORY, '-t', target] },
      ]);
      return null;
    },

    'kill-pane': async (connection, { pane }) => {
      const target = ownPane(connection, pane);
      await connection.stream.watched.run([{ words: ['kill-pane', '-t', target] }]);
      return null;
    },

    'zoom-pane': async (connection, { pane }) => {
      const target = ownPane(connection, pane);
      await connection.stream.watched.run([{ words: ['resize-pane', '-Z', '-t', target] }]);
      return null;
    },

    'resize-pane': async (connection, { pane, cols, rows }) => {
      const target = ownPane(connection, pane);
      if ((cols === undefined) === (rows === undefined)) {
        throw new InvalidRequestError('Give exactly one of cols and rows.');
      }
      const size = cols === undefined ? ['-y', String(rows)] : ['-x', String(cols)];
      await connection.stream.watched.run([{ words: ['resize-pane', '-t', target, ...size] }]);
      return null;
    },

    'swap-pane': async (connection, { source, target }) => {
      const from = ownPane(connection, source);
      const to = ownPane(connection, target);
      await connection.stream.watched.run([{ words: ['swap-pane', '-d', '-s', from, '-t', to] }]);
      return null;
    },

    'break-pane': async (connection, { pane }) => {
      const source = paneTarget(connection, pane);
      const target = `${connection.stream.session.id}:`;
      await connection.stream.watched.run([{ words: ['break-pane', '-s', source, '-t', target] }]);
      return null;
    },

    'clear-history': async (connection, { pane }) => {
      const target = ownPane(connection, pane);
      await connection.stream.watched.run([{ words: ['clear-history', '-t', target] }]);
      // Nothing in the output tells that the history is gone (tmux.md §9 item 38).
      connection.stream.watched.renew(pane);
      return null;
    },
  };
}
