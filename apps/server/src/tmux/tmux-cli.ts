import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { PaneId, SessionId, WindowId } from '#dto';
import { parseSessionId } from '#tmux-protocol';
import { WorkSlots } from '../auth/passwords/work-slots.js';
import { UnavailableError } from '../http/app-error.js';
import { CommandNames, READ_ALIASES } from './command-names.js';
import { LIST_FORMAT, parsePathRow, parseScopeRow, PATHS_FORMAT, SCOPE_FORMAT } from './formats.js';
import { loginEnvironment } from './tmux-environment.js';
import { ensureSocketDirectory } from './tmux-socket.js';
import { TmuxRejectedError, TmuxUnavailableError } from './tmux.errors.js';

const run = promisify(execFile);
/** A tmux command that takes longer hangs; it is ended and reported. */
const TIMEOUT_MS = 5_000;
const MAX_OUTPUT_BYTES = 4 * 1024 * 1024;
/**
 * Processes of tmux at once, and requests that wait for one; further ones are refused. A tmux that is stopped answers
 * none of them, and whoever asks on and on must not fill the machine with processes that wait for it.
 */
const MAX_PROCESSES = 32;
const MAX_WAITING = 256;

export interface SessionListing {
  readonly id: SessionId;
  readonly name: string;
  /** The tmux server it is in, as in `SessionModel.server`: ids start over in another one. */
  readonly server: string;
  readonly windows: number;
  readonly attached: number;
  readonly createdAt: Date;
  readonly lastActivityAt: Date;
  readonly currentWindow: string;
  readonly currentCommand: string;
}

/** Where the program in a pane is. A pane in several sessions is listed for each. */
export interface PanePath {
  /** Name of the session. */
  readonly session: string;
  /** Working directory, absolute; paths with control characters are left out. */
  readonly path: string;
}

/** A session with its windows by id, each with its panes. A linked window is in several. */
export interface ListedSession {
  readonly id: SessionId;
  readonly name: string;
  readonly windows: Map<WindowId, { readonly index: number; readonly panes: readonly PaneId[] }>;
}

/**
 * tmux as a command, for what must work without a control client: listing, creating, renaming and ending
 * sessions. Arguments go to the process one by one, without a shell; none may end in `;`, which tmux would
 * take for a separator even so (tmux.md §5.1), so only ids and checked names are passed.
 */
export class TmuxCli {
  readonly #bin: string;
  readonly socketPath: string;

  readonly #names: CommandNames;
  readonly #slots = new WorkSlots(
    MAX_PROCESSES,
    MAX_WAITING,
    'tmux is not keeping up. Try again in a moment.',
  );

  constructor(bin: string, socketPath: string, names = new CommandNames()) {
    this.#bin = bin;
    this.socketPath = socketPath;
    this.#names = names;
  }

  /** Learns the user's `command-alias`, when tmux runs. */
  async readAliases(): Promise<void> {
    const output = await this.#ifRunning(['-N', ...READ_ALIASES]);
    if (output !== undefined) this.#names.learn(output.split('\n'));
  }

  /** All sessions, or undefined when no tmux server runs. */
  async listSessions(): Promise<readonly SessionListing[] | undefined> {
    const words = [this.#names.of('list-sessions'), '-F', LIST_FORMAT];
    const output = await this.#ifRunning(['-N', ...words]);
    return output?.split('\n').flatMap(parseListing);
  }

  /** Every session with its windows and panes, at one moment: one command lists them all. */
  async listScope(): Promise<readonly ListedSession[]> {
    const words = [this.#names.of('list-panes'), '-a', '-F', SCOPE_FORMAT];
    const output = (await this.#ifRunning(['-N', ...words])) ?? '';
    const sessions = new Map<string, ListedSession>();
    for (const row of output.split('\n').flatMap((line) => parseScopeRow(line) ?? [])) {
      const { id, name } = row;
      const session: ListedSession = sessions.get(id) ?? { id, name, windows: new Map() };
      sessions.set(id, session);
      const window = session.windows.get(row.window) ?? { index: row.index, panes: [] };
      session.windows.set(row.window, { ...window, panes: [...window.panes, row.pane] });
    }
    return [...sessions.values()];
  }

  /** The working directories of all panes; none when no tmux server runs. */
  async listPanePaths(): Promise<readonly PanePath[]> {
    const words = [this.#names.of('list-panes'), '-a', '-F', PATHS_FORMAT];
    const output = (await this.#ifRunning(['-N', ...words])) ?? '';
    return output.split('\n').flatMap((line) => parsePathRow(line) ?? []);
  }

  /** Creates a detached session in the user's home, starting the server when none runs. */
  async newSession(name: string): Promise<void> {
    ensureSocketDirectory(this.socketPath, process.getuid?.() ?? 0);
    const { home } = loginEnvironment();
    const words = [this.#names.of('new-session'), '-d', '-E', '-s', name, '-c', home];
    await this.#tmux(words);
  }

  async renameSession(id: SessionId, name: string): Promise<void> {
    await this.#tmux(['-N', this.#names.of('rename-session'), '-t', id, name]);
  }

  async killSession(id: SessionId): Promise<void> {
    await this.#tmux(['-N', this.#names.of('kill-session'), '-t', id]);
  }

  /** `tmux -V`, such as `3.3a`. */
  async version(): Promise<string> {
    return (await this.#tmux(['-V'])).replace(/^tmux /, '').trim();
  }

  /**
   * Runs one command of the user's own (a key binding's `if-shell`, say) as if typed in a pane: tmux takes
   * its current pane from `TMUX_PANE` (cmd-find.c `cmd_find_inside_pane`).
   */
  async runInPane(
    [name = '', ...args]: readonly string[],
    pane: string,
  ): Promise<readonly string[]> {
    const words = [this.#names.of(name), ...args.map(escapeSeparator)];
    const output = await this.#tmux(['-N', ...words], {
      TMUX: `${this.socketPath},0,0`,
      TMUX_PANE: pane,
    });
    return output === '' ? [] : output.replace(/\n$/, '').split('\n');
  }

  /** What it printed, or undefined when no tmux server runs. */
  async #ifRunning(args: readonly string[]): Promise<string | undefined> {
    try {
      return await this.#tmux(args);
    } catch (error) {
      if (error instanceof TmuxRejectedError && isNoServer(error.message)) return undefined;
      throw error;
    }
  }

  async #tmux(args: readonly string[], extraEnv: Record<string, string> = {}): Promise<string> {
    const { env, home } = loginEnvironment();
    const options = { env: { ...env, ...extraEnv }, cwd: home, maxBuffer: MAX_OUTPUT_BYTES };
    const words = ['-u', '-S', this.socketPath, ...args];
    try {
      // Not by the option `timeout`: tmux ends with 0 when it is told to end, and that would pass for an answer.
      const { stdout } = await this.#slots.run(() =>
        run(this.#bin, words, { ...options, signal: AbortSignal.timeout(TIMEOUT_MS) }),
      );
      return stdout;
    } catch (error) {
      throw asTmuxError(error, this.#bin);
    }
  }
}

/** An argument that ends in `;` would start another command; tmux reads `\;` at the end as the character. */
function escapeSeparator(word: string): string {
  return word.endsWith(';') ? `${word.slice(0, -1)}\\;` : word;
}

function parseListing(row: string): SessionListing[] {
  const [letter, id, server, windows, attached, created, activity, window, command, name] =
    row.split('\t');
  const sessionId = parseSessionId(id ?? '');
  if (letter !== 'l' || sessionId === undefined || name === undefined) return [];
  return [
    {
      id: sessionId,
      name,
      server: server ?? '',
      windows: Number(windows),
      attached: Number(attached),
      createdAt: new Date(Number(created) * 1000),
      lastActivityAt: new Date(Number(activity) * 1000),
      currentWindow: window ?? '',
      currentCommand: command ?? '',
    },
  ];
}

function isNoServer(message: string): boolean {
  return /^no server running on|^error connecting to .*\((No such file|Connection refused)/.test(
    message,
  );
}

function asTmuxError(error: unknown, bin: string): Error {
  if (error instanceof UnavailableError) return error;
  const failure = error as { code?: unknown; stderr?: unknown };
  if (failure.code === 'ENOENT') {
    return new TmuxUnavailableError(
      `The program ${bin} was not found. Install tmux (Debian: apt-get install tmux).`,
      'not-sent',
      { cause: error },
    );
  }
  if (failure.code === 'ABORT_ERR') {
    return new TmuxUnavailableError('tmux did not answer in time.', 'unknown', { cause: error });
  }
  const words = typeof failure.stderr === 'string' ? failure.stderr.trim() : '';
  if (words.startsWith('error connecting to ') && !isNoServer(words)) {
    const message = `tmux cannot be reached: ${words}. Its socket must be usable by the user tmuxy runs as.`;
    return new TmuxUnavailableError(message, 'not-sent', { cause: error });
  }
  return new TmuxRejectedError(words === '' ? 'tmux failed without saying why.' : words, {
    cause: error,
  });
}
