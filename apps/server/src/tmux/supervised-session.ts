import { setTimeout as delay } from 'node:timers/promises';
import type { SessionRef } from '#dto';
import type { PaneOutputs } from './pane-outputs.js';
import type { SessionModel } from './session-model.js';
import type { SessionListing } from './tmux-cli.js';
import type { TmuxGateway } from './tmux-gateway.js';
import { TmuxUnavailableError } from './tmux.errors.js';
import type { SessionListener, WatchedSession } from './watched-session.js';

const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 2_000;

export interface SupervisedListener extends Omit<SessionListener, 'exit'> {
  /** The session is watched (again): what is known about it must be taken anew. */
  attached(): void;
  /** tmux is away; it is waited for. */
  lost(reason: string): void;
  /** The session was closed while tmux went on: nothing more will come. */
  ended(reason: string): void;
}

/**
 * Keeps a session watched: when its control client is lost it attaches a new one, waits for tmux when that
 * is gone as well, and notices when only the session was closed.
 */
export class SupervisedSession {
  readonly #gateway: TmuxGateway;
  readonly #listener: SupervisedListener;
  readonly #abort = new AbortController();
  #session: SessionRef;
  #watched: WatchedSession | undefined;
  /** The tmux server it was attached in last. */
  #server: string | undefined;

  constructor(gateway: TmuxGateway, session: SessionRef, listener: SupervisedListener) {
    this.#gateway = gateway;
    this.#session = session;
    this.#listener = listener;
  }

  /** The session by its present name. */
  get session(): SessionRef {
    return this.#watched?.model?.session ?? this.#session;
  }

  /** Undefined while tmux is away. */
  get watched(): WatchedSession | undefined {
    return this.#watched;
  }

  get model(): SessionModel | undefined {
    return this.#watched?.model;
  }

  /** Attaches for the first time. @throws TmuxUnavailableError when that fails */
  async start(): Promise<void> {
    await this.#attach(this.#session, undefined);
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#watched?.stop();
    this.#watched = undefined;
  }

  async #attach(session: SessionRef, outputs: PaneOutputs | undefined): Promise<void> {
    const life = { isOver: false };
    const watched = await this.#gateway.watch(
      session.id,
      {
        output: (pane, piece) => this.#listener.output(pane, piece),
        bell: (pane) => this.#listener.bell(pane),
        state: (change) => this.#listener.state(change),
        keyBindings: (bindings) => this.#listener.keyBindings(bindings),
        exit: (reason) => {
          if (life.isOver) return;
          life.isOver = true;
          this.#onExit(reason);
        },
      },
      outputs,
    );
    if (life.isOver || this.#abort.signal.aborted) {
      life.isOver = true;
      await watched.stop();
      throw new TmuxUnavailableError('tmux left while it was being attached.', 'not-sent');
    }
    this.#watched = watched;
    this.#server = watched.model?.server;
    this.#listener.attached();
  }

  #onExit(reason: string): void {
    const { session } = this;
    const outputs = this.#watched?.outputs;
    this.#session = session;
    // An attach in progress reports its own failure; only the loss of a watched session is recovered from.
    if (this.#watched === undefined || this.#abort.signal.aborted) return;
    this.#watched = undefined;
    void this.#recover(reason, outputs);
  }

  async #recover(reason: string, outputs: PaneOutputs | undefined): Promise<void> {
    let isTold = false;
    for (let wait = FIRST_RETRY_MS; !this.#abort.signal.aborted; wait = nextWait(wait)) {
      const sessions = await this.#list();
      const isSameServer = sessions?.some(({ server }) => server === this.#server) === true;
      const found = this.#find(sessions ?? []);
      if (found === undefined && isSameServer) {
        this.#listener.ended(`The session “${this.#session.name}” was closed.`);
        return;
      }
      if (!isTold) this.#listener.lost(reasonFor(sessions, reason));
      isTold = true;
      const kept = isSameServer ? outputs : undefined;
      if (found !== undefined && (await this.#reattach(found, kept))) return;
      await delay(wait, undefined, { signal: this.#abort.signal }).catch(() => undefined);
    }
  }

  async #reattach(session: SessionRef, outputs: PaneOutputs | undefined): Promise<boolean> {
    try {
      await this.#attach(session, outputs);
      return true;
    } catch {
      // tmux went away again meanwhile; the loop looks on.
      return false;
    }
  }

  async #list(): Promise<readonly SessionListing[] | undefined> {
    try {
      return await this.#gateway.cli.listSessions();
    } catch {
      // A tmux that does not answer is as good as none; it is asked again.
      return undefined;
    }
  }

  /** Ids start over in a new server, so there the name decides. */
  #find(sessions: readonly SessionListing[]): SessionListing | undefined {
    const { id, name } = this.#session;
    return (
      sessions.find((session) => session.server === this.#server && session.id === id) ??
      sessions.find((session) => session.server !== this.#server && session.name === name)
    );
  }
}

const nextWait = (wait: number): number => Math.min(2 * wait, LAST_RETRY_MS);

function reasonFor(sessions: readonly SessionListing[] | undefined, reason: string): string {
  return sessions === undefined ? 'The tmux server has ended.' : reason;
}
