import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { SessionId } from '#dto';
import { parseSessionId } from '#tmux-protocol';
import { LIST_FORMAT } from './formats.js';
import { loginEnvironment } from './tmux-environment.js';
import { ensureSocketDirectory } from './tmux-socket.js';
import { TmuxRejectedError, TmuxUnavailableError } from './tmux.errors.js';

const run = promisify(execFile);
/** A tmux command that takes longer hangs; it is ended and reported. */
const TIMEOUT_MS = 5_000;
const MAX_OUTPUT_BYTES = 4 * 1024 * 1024;

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

/**
 * tmux as a command, for what must work without a control client: listing, creating, renaming and ending
 * sessions. Arguments go to the process one by one, without a shell; none may end in `;`, which tmux would
 * take for a separator even so (tmux.md §5.1), so only ids and checked names are passed.
 */
export class TmuxCli {
  readonly #bin: string;
  readonly socketPath: string;

  constructor(bin: string, socketPath: string) {
    this.#bin = bin;
    this.socketPath = socketPath;
  }

  /** All sessions, or undefined when no tmux server runs. */
  async listSessions(): Promise<readonly SessionListing[] | undefined> {
    try {
      const output = await this.#tmux(['-N', 'list-sessions', '-F', LIST_FORMAT]);
      return output.split('\n').flatMap(parseListing);
    } catch (error) {
      if (error instanceof TmuxRejectedError && isNoServer(error.message)) return undefined;
      throw error;
    }
  }

  /** Creates a detached session in the user's home, starting the server when none runs. */
  async newSession(name: string): Promise<void> {
    ensureSocketDirectory(this.socketPath, process.getuid?.() ?? 0);
    const { home } = loginEnvironment();
    await this.#tmux(['new-session', '-d', '-E', '-s', name, '-c', home]);
  }

  async renameSession(id: SessionId, name: string): Promise<void> {
    await this.#tmux(['-N', 'rename-session', '-t', id, name]);
  }

  async killSession(id: SessionId): Promise<void> {
    await this.#tmux(['-N', 'kill-session', '-t', id]);
  }

  /** `tmux -V`, such as `3.3a`. */
  async version(): Promise<string> {
    return (await this.#tmux(['-V'])).replace(/^tmux /, '').trim();
  }

  /**
   * Runs one command of the user's own (a key binding's `if-shell`, say) as if typed in a pane: tmux takes
   * its current pane from `TMUX_PANE` (cmd-find.c `cmd_find_inside_pane`).
   */
  async runInPane(words: readonly string[], pane: string): Promise<readonly string[]> {
    const output = await this.#tmux(['-N', ...words.map(escapeSeparator)], {
      TMUX: `${this.socketPath},0,0`,
      TMUX_PANE: pane,
    });
    return output === '' ? [] : output.replace(/\n$/, '').split('\n');
  }

  async #tmux(args: readonly string[], extraEnv: Record<string, string> = {}): Promise<string> {
    const { env, home } = loginEnvironment();
    try {
      const { stdout } = await run(this.#bin, ['-u', '-S', this.socketPath, ...args], {
        env: { ...env, ...extraEnv },
        cwd: home,
        timeout: TIMEOUT_MS,
        maxBuffer: MAX_OUTPUT_BYTES,
      });
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
  const failure = error as { code?: unknown; killed?: unknown; stderr?: unknown };
  if (failure.code === 'ENOENT') {
    return new TmuxUnavailableError(
      `The program ${bin} was not found. Install tmux (Debian: apt-get install tmux).`,
      'not-sent',
      { cause: error },
    );
  }
  if (failure.killed === true) {
    return new TmuxUnavailableError('tmux did not answer in time.', 'unknown', { cause: error });
  }
  const words = typeof failure.stderr === 'string' ? failure.stderr.trim() : '';
  return new TmuxRejectedError(words === '' ? 'tmux failed without saying why.' : words, {
    cause: error,
  });
}
