import type { Identity } from '../../auth/identity.js';
import type { SessionAccess } from '../../policy/session-access.js';
import type { PanePath, TmuxCli } from '../../tmux/tmux-cli.js';
import { parsePath } from '../confined/path-names.js';
import { decodeName } from '../confined/name-rules.js';

/** How long tmux's answer is good for: a page asks for a tree, a list and a file at once. */
const FRESH_MS = 1_000;
/** Most directories of panes that are offered to one person. */
const SESSION_ROOTS_MAX = 64;

/** A working directory, as the names from `/` on. */
export interface WorkingDirectory {
  readonly name: string;
  readonly names: readonly Buffer[];
  /** Whether a session that works there is one that they may change. */
  readonly takesFiles: boolean;
}

/** Where the programs in the panes are that somebody can see. */
export class SessionRoots {
  readonly #cli: Pick<TmuxCli, 'listPanePaths'>;
  readonly #access: Pick<SessionAccess, 'canSee' | 'canChange'>;
  #asked: { readonly at: number; readonly paths: Promise<readonly PanePath[]> } | undefined;

  constructor(
    cli: Pick<TmuxCli, 'listPanePaths'>,
    access: Pick<SessionAccess, 'canSee' | 'canChange'>,
  ) {
    this.#cli = cli;
    this.#access = access;
  }

  /**
   * Each directory once; never `/`.
   *
   * @param session name of the only session that counts
   */
  async of(
    identity: Pick<Identity, 'sessions' | 'role' | 'readOnly'>,
    session?: string,
  ): Promise<readonly WorkingDirectory[]> {
    const rows = await this.#paths();
    const seen = rows.filter(
      (row) =>
        (session === undefined || row.session === session) &&
        this.#access.canSee(identity, row.session),
    );
    const changeable = new Set(
      seen.filter((row) => this.#access.canChange(identity, row.session)).map(({ path }) => path),
    );
    return [...new Set(seen.map(({ path }) => path))]
      .flatMap((path) => toDirectory(path, changeable.has(path)))
      .slice(0, SESSION_ROOTS_MAX);
  }

  #paths(): Promise<readonly PanePath[]> {
    const now = performance.now();
    if (this.#asked === undefined || now - this.#asked.at >= FRESH_MS) {
      const paths = this.#cli.listPanePaths();
      this.#asked = { at: now, paths };
      paths.catch(() => {
        this.#asked = undefined; // Whoever comes next asks again.
      });
    }
    return this.#asked.paths;
  }
}

function toDirectory(path: string, takesFiles: boolean): WorkingDirectory[] {
  try {
    const { isAbsolute, names } = parsePath(Buffer.from(path));
    const last = names.at(-1);
    return isAbsolute && last !== undefined ? [{ name: decodeName(last), names, takesFiles }] : [];
  } catch {
    return []; // Nothing that could be asked for here either: too long, too deep.
  }
}
