import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tempDir, type TempDir, type TmuxServer } from '#testing';

/** A `tmux` whose control client can be made to say things that tmux did not say. */
export class MeddledTmux {
  readonly #dir: TempDir;

  private constructor(dir: TempDir) {
    this.#dir = dir;
  }

  static async create(): Promise<MeddledTmux> {
    const meddled = new MeddledTmux(await tempDir());
    // Behind a pipe, which unlike the server's own socket can be opened by its name in /proc.
    const script = `#!/bin/sh
case " $* " in
  *' -C '*) tmux "$@" | cat ;;
  *) exec tmux "$@" ;;
esac
`;
    await writeFile(meddled.bin, script, { mode: 0o755 });
    return meddled;
  }

  /** For the setting `tmuxBin`. */
  get bin(): string {
    return join(this.#dir.path, 'tmux');
  }

  /** Lets the one control client attached to `tmux` say `text`. */
  async say(tmux: TmuxServer, text: string): Promise<void> {
    const pid = (await tmux.run('list-clients', '-F', '#{client_pid}')).trim();
    await writeFile(`/proc/${pid}/fd/1`, text, { flag: 'a' });
  }

  remove(): Promise<void> {
    return this.#dir.remove();
  }
}
