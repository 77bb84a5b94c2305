import { Injectable } from '@nestjs/common';
import type { CommandScope, ScopedSession } from '#tmux-protocol';
import type { SessionRef } from '#dto';
import type { Identity } from '../auth/identity.js';
import type { ListedSession } from '../tmux/tmux-cli.js';
import { TmuxGateway } from '../tmux/tmux-gateway.js';
import { SessionNotFoundError } from '../tmux/tmux.errors.js';
import { SessionAccess } from './session-access.js';

/** What exists for an identity when it runs a command. */
@Injectable()
export class ScopeService {
  readonly #gateway: TmuxGateway;
  readonly #access: SessionAccess;

  constructor(gateway: TmuxGateway, access: SessionAccess) {
    this.#gateway = gateway;
    this.#access = access;
  }

  /**
   * The sessions a command typed in `current` may touch, as tmux has them now: those that `identity` may see and
   * change. A session that it may only look at is left alone by leaving it out.
   * @throws SessionNotFoundError when `current` is not among them (any more)
   */
  async scopeOf(identity: Identity, current: SessionRef): Promise<CommandScope> {
    if (!this.#access.isLimited(identity)) return { kind: 'all' };
    const listed = await this.#gateway.cli.listScope();
    const mine = listed.filter(
      ({ name }) => this.#access.canSee(identity, name) && this.#access.canChange(identity, name),
    );
    if (!mine.some(({ id }) => id === current.id)) throw new SessionNotFoundError(current.name);
    const foreign = new Set(
      listed.flatMap((session) => (mine.includes(session) ? [] : [...session.windows.keys()])),
    );
    return {
      kind: 'sessions',
      current: current.id,
      sessions: mine.map((session) => scoped(session, foreign)),
    };
  }
}

/**
 * A window that is also linked into a session out of scope is left out: by its id tmux may act in that session
 * (cmd-find.c, `cmd_find_best_session_with_window`). It can be named by its index.
 */
function scoped(session: ListedSession, foreign: ReadonlySet<string>): ScopedSession {
  const windows = [...session.windows].filter(([id]) => !foreign.has(id));
  return {
    id: session.id,
    name: session.name,
    windows: windows.map(([id, { index }]) => ({ id, index })),
    panes: windows.flatMap(([, { panes }]) => panes),
  };
}
