import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tempDir, type TempDir } from '#testing';

/** A `tmux` that keeps what it is called with, and what control clients are told on stdin. */
export class RecordedTmux {
  readonly #dir: TempDir;

  private constructor(dir: TempDir) {
    this.#dir = dir;
  }

  static async create(): Promise<RecordedTmux> {
    const recorded = new RecordedTmux(await tempDir());
    const script = `#!/bin/sh
printf '%s\\n' "$*" >> ${recorded.#file('calls')}
case " $* " in
  *' -C '*) tee -a ${recorded.#file('stdin')} | tmux "$@" ;;
  *) exec tmux "$@" ;;
esac
`;
    for (const name of ['calls', 'stdin']) await writeFile(recorded.#file(name), '');
    await writeFile(recorded.bin, script, { mode: 0o755 });
    return recorded;
  }

  /** For the setting `tmuxBin`. */
  get bin(): string {
    return this.#file('tmux');
  }

  /** Arguments of each call. */
  get calls(): readonly string[] {
    return this.#lines('calls');
  }

  /** Lines that control clients were told, in order. */
  get lines(): readonly string[] {
    return this.#lines('stdin');
  }

  remove(): Promise<void> {
    return this.#dir.remove();
  }

  #file(name: string): string {
    return join(this.#dir.path, name);
  }

  #lines(name: string): readonly string[] {
    return readFileSync(this.#file(name), 'latin1').split('\n').slice(0, -1);
  }
}
