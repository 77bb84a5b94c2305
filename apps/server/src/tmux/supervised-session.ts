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
/** A client that was lost sooner counts as another failed try: it is not replaced at once. */
const STEADY_MS = 10_000;

/** A tmux that takes longer to say what became of the session may be stopped: people are told meanwhile. */
const TELL_AFTER_MS = 500;
const TMUX_ENDED = 'The tmux server has ended.';

export interface SupervisedListener extends Omit<SessionListener, 'exit'> {
  /** The session is watched (again): what is known about it must be taken anew. */
  attached(): void;
  /** tmux is away; it is waited for. */
  lost(reason: string): void;
  /** The session was closed while tmux went on: nothing more will come. */
  ended(reason: string): void;
}

/** Waits; ends early, without failing, when aborted. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<void>;

/**
 * Keeps a session watched: when its control client is lost it attaches a new one, waits for tmux when that
 * is gone as well, and notices when only the session was closed.
 */
export class SupervisedSession {
  readonly #gateway: TmuxGateway;
  readonly #listener: SupervisedListener;
  readonly #pause: Pause;
  readonly #abort = new AbortController();
  #session: SessionRef;
  #watched: WatchedSession | undefined;
  /** The tmux server it was attached in last. */
  #server: string | undefined;
  #attachedAt = -Infinity;
  /** Before the last try; undefined until a client was lost. */
  #wait: number | undefined;

  constructor(
    gateway: TmuxGateway,
    session: SessionRef,
    listener: SupervisedListener,
    pause: Pause = sleep,
  ) {
    this.#gateway = gateway;
    this.#session = session;
    this.#listener = listener;
    this.#pause = pause;
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
        frame: (frame) => this.#listener.frame(frame),
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
    this.#attachedAt = performance.now();
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
    const tell = (why: string): void => {
      if (!isTold) this.#listener.lost(why);
      isTold = true;
    };
    const isSteady = performance.now() - this.#attachedAt >= STEADY_MS;
    let wait = isSteady || this.#wait === undefined ? 0 : nextWait(this.#wait);
    for (; !this.#abort.signal.aborted; wait = nextWait(wait)) {
      this.#wait = wait;
      if (wait > 0) {
        tell(reason);
        await this.#pause(wait, this.#abort.signal);
      }
      const slow = setTimeout(() => tell(reason), TELL_AFTER_MS);
      const { sessions, isRunning } = await this.#list();
      clearTimeout(slow);
      const isSameServer = sessions.some(({ server }) => server === this.#server);
      const found = this.#find(sessions);
      if (found === undefined && isSameServer) {
        this.#listener.ended(`The session “${this.#session.name}” was closed.`);
        return;
      }
      tell(isRunning ? reason : TMUX_ENDED);
      const kept = isSameServer ? outputs : undefined;
      if (found !== undefined && (await this.#reattach(found, kept))) return;
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

  async #list(): Promise<{
    readonly sessions: readonly SessionListing[];
    readonly isRunning: boolean;
  }> {
    try {
      const sessions = await this.#gateway.cli.listSessions();
      return { sessions: sessions ?? [], isRunning: sessions !== undefined };
    } catch {
      // It is there and does not answer; it is asked again.
      return { sessions: [], isRunning: true };
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

const nextWait = (wait: number): number =>
  Math.min(Math.max(2 * wait, FIRST_RETRY_MS), LAST_RETRY_MS);

const sleep: Pause = async (ms, signal) => {
  await delay(ms, undefined, { signal }).catch(() => undefined);
};
