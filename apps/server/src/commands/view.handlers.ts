import { Injectable } from '@nestjs/common';
import type { CommandHandlers } from './command-handler.js';

/** What whoever only looks may ask for: it changes nothing in tmux. */
@Injectable()
export class ViewHandlers {
  readonly handlers: Pick<CommandHandlers, 'resync'> = {
    resync: (connection) => {
      connection.stream.resync(connection.viewer);
      return Promise.resolve(null);
    },
  };
}
