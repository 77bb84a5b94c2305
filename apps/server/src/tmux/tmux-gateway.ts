import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { TmuxyConfig } from '../config/config.js';
import { CommandNames } from './command-names.js';
import { ControlClientRecords } from './control-client-records.js';
import { resolveSocketPath } from './tmux-socket.js';
import { TmuxCli } from './tmux-cli.js';
import { WatchedSession, type SessionListener } from './watched-session.js';
import type { PaneOutputs } from './pane-outputs.js';
import type { SessionId } from '#dto';

/** The one way to tmux: knows its socket, runs its commands, watches its sessions. */
@Injectable()
export class TmuxGateway implements OnApplicationBootstrap {
  readonly cli: TmuxCli;
  /** Words that mean tmux's commands, whatever the user's aliases are. */
  readonly names = new CommandNames();
  readonly #config: TmuxyConfig;
  readonly #records: ControlClientRecords;
  readonly #logger = new Logger(TmuxGateway.name);

  constructor(config: TmuxyConfig) {
    this.#config = config;
    const socketPath = resolveSocketPath(
      {
        socketPath: config.socketPath,
        socketName: config.socketName,
        tmpDir: config.tmuxTmpDir,
      },
      process.getuid?.() ?? 0,
    );
    this.cli = new TmuxCli(config.tmuxBin, socketPath, this.names);
    this.#records = new ControlClientRecords(config.stateDir);
  }

  /** Cleans up after a server that was killed, and makes sure that there is a session to show. */
  async onApplicationBootstrap(): Promise<void> {
    const reaped = this.#records.reap();
    if (reaped.length > 0) {
      this.#logger.warn(`ended ${reaped.length} control clients that a killed server left behind`);
    }
    await this.cli.readAliases();
    if (this.#config.createSession === '') return;
    const sessions = await this.cli.listSessions();
    if (sessions !== undefined && sessions.length > 0) return;
    await this.cli.newSession(this.#config.createSession);
    this.#logger.log(`no tmux session was there: created “${this.#config.createSession}”`);
  }

  /**
   * Attaches a control client to a session and waits until its state is known.
   * @param outputs positions to go on counting from
   * @throws TmuxUnavailableError when the session cannot be attached
   */
  async watch(
    id: SessionId,
    listener: SessionListener,
    outputs?: PaneOutputs,
  ): Promise<WatchedSession> {
    await this.cli.readAliases();
    const { pid, session } = this.#start(id, listener, outputs);
    try {
      await session.attach();
      return session;
    } catch (error) {
      await session.stop();
      if (pid !== undefined) this.#records.remove(pid);
      throw error;
    }
  }

  #start(
    id: SessionId,
    listener: SessionListener,
    outputs: PaneOutputs | undefined,
  ): { readonly pid: number | undefined; readonly session: WatchedSession } {
    const options = {
      tmuxBin: this.#config.tmuxBin,
      socketPath: this.cli.socketPath,
      id,
      historyLines: this.#config.historyLines,
      names: this.names,
    };
    const session = new WatchedSession(
      options,
      {
        output: (pane, piece) => listener.output(pane, piece),
        bell: (pane) => listener.bell(pane),
        frame: (frame) => listener.frame(frame),
        state: (change) => listener.state(change),
        keyBindings: (bindings) => listener.keyBindings(bindings),
        exit: (reason) => {
          if (session.pid !== undefined) this.#records.remove(session.pid);
          listener.exit(reason);
        },
      },
      outputs,
    );
    const { pid } = session;
    if (pid !== undefined) this.#records.add(pid);
    return { pid, session };
  }
}
