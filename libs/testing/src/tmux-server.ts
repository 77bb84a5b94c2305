import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Lifeline } from './lifeline.js';
import { tempDir } from './temp-dir.js';
import type { TempDir } from './temp-dir.js';
import { waitFor } from './wait-for.js';

const execFileAsync = promisify(execFile);
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** How a {@link TmuxServer} begins. */
export interface TmuxServerOptions {
  /** Name of the first session (`main` when absent); null starts no server yet. */
  readonly session?: string | null;
  readonly cols?: number;
  readonly rows?: number;
}

/**
 * A tmux server on a private socket in a directory of its own, with no configuration, a clean
 * environment and a plain `sh` with the prompt `$ `. It is killed with the test process if
 * {@link stop} was never called.
 */
export class TmuxServer {
  /** For processes that shall talk to this server: no `TMUX`, `HOME` inside the directory. */
  readonly env: Readonly<Record<string, string>>;
  readonly #dir: TempDir;
  readonly #lifeline: Lifeline;

  private constructor(dir: TempDir) {
    this.#dir = dir;
    this.env = {
      PATH: process.env['PATH'] ?? '/usr/bin:/bin',
      HOME: dir.path,
      SHELL: '/bin/sh',
      PS1: '$ ',
      LC_ALL: 'C.UTF-8',
      TERM: 'xterm-256color',
      TMUX_TMPDIR: dir.path,
    };
    this.#lifeline = new Lifeline('tmux -N -S "$1" kill-server; rm -rf -- "$2"', [
      this.socketPath,
      dir.path,
    ]);
  }

  static async start(options: TmuxServerOptions = {}): Promise<TmuxServer> {
    const server = new TmuxServer(await tempDir());
    try {
      const { session = 'main', ...size } = options;
      if (session !== null) await server.startSession(session, size);
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  /** The directory that holds the socket; also `HOME` of the panes. Gone after {@link stop}. */
  get dir(): string {
    return this.#dir.path;
  }

  get socketPath(): string {
    return join(this.#dir.path, 'tmux.sock');
  }

  /** Creates a detached session, starting the server when none runs. */
  async startSession(
    name: string,
    { cols = 80, rows = 24 }: { readonly cols?: number; readonly rows?: number } = {},
  ): Promise<void> {
    const size = ['-x', String(cols), '-y', String(rows)];
    // A login shell would read /etc/profile, which sets PS1.
    const shell = ['set-option', '-g', 'default-command', '/bin/sh'];
    const create = ['new-session', '-d', '-s', name, '-c', this.dir, ...size];
    await this.run('start-server', ';', ...shell, ';', ...create);
  }

  /**
   * Runs `tmux` with these arguments (an argument that ends in `;` separates commands) and returns
   * what it printed, as is.
   *
   * @throws Error of node:child_process with `stderr` when tmux refuses.
   */
  async run(...args: readonly string[]): Promise<string> {
    const { stdout } = await execFileAsync('tmux', ['-f', '/dev/null', ...this.argv(...args)], {
      env: this.env,
      cwd: this.dir,
      maxBuffer: MAX_OUTPUT_BYTES,
    });
    return stdout;
  }

  /** Arguments that make any `tmux` talk to this server: `-S <socket>` and `args`. */
  argv(...args: readonly string[]): string[] {
    return ['-u', '-S', this.socketPath, ...args];
  }

  /** Whether the server accepts connections. */
  async isRunning(): Promise<boolean> {
    const socket = connect(this.socketPath);
    try {
      await once(socket, 'connect');
      return true;
    } catch {
      // Refused or no such file: nobody listens.
      return false;
    } finally {
      socket.destroy();
    }
  }

  /** Ends the tmux server only; {@link startSession} starts it again on the same socket. */
  async kill(): Promise<void> {
    if (!(await this.isRunning())) return;
    const pid = Number(await this.run('display-message', '-p', '#{pid}'));
    // It may be gone before it answered; a server that is still there fails the wait below.
    await this.run('kill-server').catch(() => undefined);
    try {
      await waitFor(async () => !(await this.isRunning()), { what: `tmux ${pid} to end` });
    } catch {
      // kill-server waits for ever for a control client that stopped reading (tmux.md, pitfall 16).
      process.kill(pid, 'SIGKILL');
      await waitFor(async () => !(await this.isRunning()), { what: `killed tmux ${pid} to end` });
    }
  }

  /** Ends this server and removes its directory; safe to call twice. */
  async stop(): Promise<void> {
    await this.kill();
    await this.#lifeline.release();
    await this.#dir.remove();
  }
}
