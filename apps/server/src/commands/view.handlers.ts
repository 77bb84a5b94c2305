import { Injectable } from '@nestjs/common';
import type { CommandHandlers } from './command-handler.js';

/** What whoever only looks may ask for: it changes nothing in tmux. */
@Injectable()
export class ViewHandlers {
  readonly handlers: Pick<CommandHandlers, 'resync' | 'ack' | 'set-visibility'> = {
    resync: (connection) => {
      connection.stream.resync(connection.viewer);
      return Promise.resolve(null);
    },
    ack: ({ stream, viewer }, { received }) => {
      stream.acknowledge(viewer, received);
      return Promise.resolve(null);
    },
    'set-visibility': ({ stream, viewer }, { visible }) => {
      stream.setVisible(viewer, visible);
      return Promise.resolve(null);
    },
  };
}
