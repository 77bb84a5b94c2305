import { Injectable } from '@nestjs/common';
import { escapeFormat } from '#tmux-protocol';
import type { WindowId } from '#dto';
import type { OpenConnection } from '../events/open-connection.js';
import { checkWindowName } from '../sessions/session-name.js';
import type { LineCommand } from '../tmux/command-queue.js';
import type { CommandHandlers } from './command-handler.js';
import { SAME_DIRECTORY } from './pane.handlers.js';
import { windowOf, windowTarget } from './targets.js';

/** What the browser does with windows. */
@Injectable()
export class WindowHandlers {
  readonly handlers: Pick<
    CommandHandlers,
    | 'select-window'
    | 'new-window'
    | 'rename-window'
    | 'kill-window'
    | 'move-window'
    | 'select-layout'
  > = {
    'select-window': async (connection, { window }) => {
      await connection.stream.watched.run([
        { words: ['select-window', '-t', windowTarget(connection, window)] },
      ]);
      return null;
    },

    'new-window': async (connection) => {
      const target = `${connection.stream.session.id}:`;
      await connection.stream.watched.run([
        { words: ['new-window', ...SAME_DIRECTORY, '-t', target] },
      ]);
      return null;
    },

    'rename-window': async (connection, { window, name }) => {
      const target = windowTarget(connection, window);
      const words = [
        'rename-window',
        '-t',
        target,
        '--',
        escapeFormat(checkWindowName(name)),
      ] as const;
      await connection.stream.watched.run([{ words }]);
      return null;
    },

    'kill-window': async (connection, { window }) => {
      const target = windowTarget(connection, window);
      await connection.stream.watched.run([{ words: ['kill-window', '-t', target] }]);
      return null;
    },

    'move-window': async (connection, { window, before }) => {
      const swaps = moveBySwaps(connection, window, before);
      if (swaps.length > 0) await connection.stream.watched.run(swaps);
      return null;
    },

    'select-layout': async (connection, { window, layout }) => {
      const target = windowTarget(connection, window);
      await connection.stream.watched.run([{ words: ['select-layout', '-t', target, layout] }]);
      return null;
    },
  };
}

/**
 * Moves a window step by step past its neighbours, so that the session keeps the indexes it has:
 * `move-window` would leave gaps, and renumbering would change what the user's own keys select.
 */
function moveBySwaps(
  connection: OpenConnection,
  window: WindowId,
  before: WindowId | null,
): LineCommand[] {
  windowOf(connection, window);
  if (before !== null) windowOf(connection, before);
  const windows = connection.stream.watched.model?.windows ?? [];
  const order = windows.toSorted((a, b) => a.index - b.index).map(({ id }) => id);
  const from = order.indexOf(window);
  const rest = order.filter((id) => id !== window);
  const to = before === null ? rest.length : rest.indexOf(before);
  const passed = from < to ? rest.slice(from, to) : rest.slice(to, from).reverse();
  return passed.map((neighbour) => ({
    words: [
      ...(['swap-window', '-d', '-s', windowTarget(connection, window)] as const),
      ...['-t', windowTarget(connection, neighbour)],
    ],
  }));
}
