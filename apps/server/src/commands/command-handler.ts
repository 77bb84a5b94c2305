import type { CommandName, Commands } from '#dto';
import type { OpenConnection } from '../events/open-connection.js';

/** Carries out one typed command whose arguments were checked. */
export type CommandHandler<C extends CommandName> = (
  connection: OpenConnection,
  args: Commands[C]['args'],
) => Promise<Commands[C]['result']>;

/** Handlers by command; every feature brings some, together they must be all. */
export type CommandHandlers = { readonly [C in CommandName]: CommandHandler<C> };
