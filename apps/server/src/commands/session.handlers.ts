import { Injectable } from '@nestjs/common';
import { escapeFormat } from '#tmux-protocol';
import type { OpenConnection } from '../events/open-connection.js';
import { ForbiddenError } from '../http/app-error.js';
import { checkName } from '../sessions/session-name.js';
import type { CommandHandlers } from './command-handler.js';

/** What the browser does with its session: its name, its end, its size, its picture. */
@Injectable()
export class SessionHandlers {
  readonly handlers: Pick<
    CommandHandlers,
    'rename-session' | 'kill-session' | 'take-driver' | 'set-size' | 'resync'
  > = {
    'rename-session': async (connection, { name }) => {
      const { session, watched } = connection.stream;
      const words = [
        'rename-session',
        '-t',
        session.id,
        '--',
        escapeFormat(checkName(name)),
      ] as const;
      await watched.run([{ words }]);
      return null;
    },

    'kill-session': async (connection) => {
      const { session, watched } = connection.stream;
      await watched.run([{ words: ['kill-session', '-t', session.id] }]);
      return null;
    },

    'take-driver': (connection) => {
      connection.stream.takeSeat(connection.viewer);
      return Promise.resolve(null);
    },

    'set-size': async (connection, size) => {
      assertDrives(connection);
      await connection.stream.resize(size);
      return null;
    },

    resync: (connection) => {
      connection.stream.reseed(connection.viewer);
      return Promise.resolve(null);
    },
  };
}

function assertDrives({ stream, viewer }: OpenConnection): void {
  if (stream.seat.holder !== viewer.id) {
    throw new ForbiddenError('Only the driver sizes the session. Take the driver’s seat first.');
  }
}
