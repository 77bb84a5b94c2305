import { Injectable } from '@nestjs/common';
import { escapeFormat } from '#tmux-protocol';
import type { OpenConnection } from '../events/open-connection.js';
import { ForbiddenError } from '../http/app-error.js';
import { SessionAccess } from '../policy/session-access.js';
import { checkName } from '../sessions/session-name.js';
import type { CommandHandlers } from './command-handler.js';

/** What the browser does with its session: its name, its end, its size, its picture. */
@Injectable()
export class SessionHandlers {
  readonly #access: SessionAccess;

  constructor(access: SessionAccess) {
    this.#access = access;
  }

  readonly handlers: Pick<
    CommandHandlers,
    'rename-session' | 'kill-session' | 'take-driver' | 'set-size'
  > = {
    'rename-session': async (connection, { name }) => {
      const { session, watched } = connection.stream;
      const checked = checkName(name);
      this.#access.assertMayName(connection.identity, checked);
      const words = ['rename-session', '-t', session.id, '--', escapeFormat(checked)] as const;
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
  };
}

function assertDrives({ stream, viewer }: OpenConnection): void {
  if (stream.seat.holder !== viewer.id) {
    throw new ForbiddenError('Only the driver sizes the session. Take the driver’s seat first.');
  }
}
