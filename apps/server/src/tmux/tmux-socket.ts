import { mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TmuxUnavailableError } from './tmux.errors.js';

export interface SocketChoice {
  /** `tmux -S`: a path, used as it is. */
  readonly socketPath?: string | undefined;
  /** `tmux -L`: a name in tmux's own socket directory. */
  readonly socketName?: string | undefined;
  /** `TMUX_TMPDIR` as tmux itself would see it. */
  readonly tmpDir?: string | undefined;
}

/**
 * Path of the tmux server's socket, found the way tmux finds it (tmux.c `make_label`): `-S` wins,
 * else `$TMUX_TMPDIR` or `/tmp`, `tmux-UID`, and the name (`default` when none is given).
 */
export function resolveSocketPath(choice: SocketChoice, uid: number): string {
  if (choice.socketPath !== undefined) return choice.socketPath;
  const base = choice.tmpDir !== undefined && choice.tmpDir !== '' ? choice.tmpDir : '/tmp';
  return join(base, `tmux-${uid}`, choice.socketName ?? 'default');
}

/**
 * Makes the socket's directory as tmux does (mode 0700), since `tmux -S` does not, and refuses one that
 * belongs to somebody else: whoever owns it could put a socket of their own there.
 */
export function ensureSocketDirectory(socketPath: string, uid: number): void {
  const directory = dirname(socketPath);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const { uid: owner } = statSync(directory);
  if (owner !== uid && owner !== 0) {
    throw new TmuxUnavailableError(
      `The tmux socket directory ${directory} belongs to user ${owner}, not to ${uid}. ` +
        'Choose another with --socket-path.',
      'not-sent',
    );
  }
}
