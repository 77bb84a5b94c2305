import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../tools/runtime/run.mjs';
import type { Cleanup } from './cleanup.ts';
import { pidOf, startBound, stop, until } from './process.ts';

export interface TmuxOptions {
  readonly cols?: number;
  readonly rows?: number;
  readonly historyLimit?: number;
}

/** What the shell of every session asks with; alone in a row when it is idle. */
export const PROMPT = 'bench$';
/** The session that everything is measured in. */
export const SESSION = 'main';

/** A tmux of this run alone, with a folder that is also the home of its shells. */
export class PrivateTmux {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** Of the tmux server. */
  readonly pid: number;

  private constructor(folder: string, env: NodeJS.ProcessEnv, pid: number) {
    this.folder = folder;
    this.env = env;
    this.pid = pid;
  }

  static async start(cleanup: Cleanup, options: TmuxOptions = {}): Promise<PrivateTmux> {
    const folder = await mkdtemp(join(tmpdir(), 'tmuxy-bench-'));
    cleanup.add(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
    // sh reads the file that ENV names, and its prompt nowhere else.
    const profile = join(folder, 'profile');
    await writeFile(profile, `PS1='${PROMPT} '\n`);
    const settings = join(folder, 'tmux.conf');
    const { cols = 120, rows = 35, historyLimit = 2000 } = options;
    await writeFile(
      settings,
      [`history-limit ${historyLimit}`, 'default-command sh', `default-size ${cols}x${rows}`]
        .map((setting) => `set-option -g ${setting}\n`)
        .join(''),
    );
    const env = { PATH: process.env['PATH'], HOME: folder, LANG: 'C.UTF-8', ENV: profile };
    // Not as a daemon, so that it ends with us.
    const server = startBound(
      'tmux',
      ['-D', '-u', '-S', join(folder, 'tmux.sock'), '-f', settings],
      {
        env,
        stdio: 'ignore',
      },
    );
    cleanup.add(() => stop(server));
    const tmux = new PrivateTmux(folder, env, pidOf(server));
    await until(
      async () => (await tmux.#try('new-session', '-d', '-s', SESSION, '-c', folder)).code === 0,
      { what: 'tmux to start', timeoutMs: 10_000 },
    );
    return tmux;
  }

  get socket(): string {
    return join(this.folder, 'tmux.sock');
  }

  /**
   * Runs a tmux command.
   *
   * @returns what it printed, without the last line's end
   */
  async run(...args: readonly string[]): Promise<string> {
    const { code, output } = await this.#try(...args);
    if (code !== 0) throw new Error(`tmux ${args.join(' ')} failed: ${output}`);
    return output.replace(/\n$/, '');
  }

  /** A format of the first window's first pane. */
  display(format: string): Promise<string> {
    return this.run('display-message', '-p', '-t', `${SESSION}:0.0`, format);
  }

  /** A fresh shell alone in its window, without history, that nobody watches. */
  async reset(): Promise<void> {
    await until(async () => (await this.run('list-clients')) === '', { what: 'clients to leave' });
    await this.run('kill-pane', '-a', '-t', `${SESSION}:0.0`);
    await this.run('respawn-pane', '-k', '-t', `${SESSION}:0.0`);
    await until(async () => (await this.display('#{pane_dead}')) === '0', { what: 'a shell' });
    await this.shows(PROMPT);
    await this.run('clear-history', '-t', `${SESSION}:0.0`);
  }

  /** Waits until a row of the first pane is exactly this. */
  shows(row: string): Promise<void> {
    return until(async () => (await this.rows()).includes(row), { what: `tmux to show ${row}` });
  }

  /** The first pane's screen, each row without the spaces at its end; with its history, if asked. */
  async rows({ history = false } = {}): Promise<string[]> {
    const range = history ? ['-S', '-'] : [];
    const text = await this.run('capture-pane', '-p', ...range, '-t', `${SESSION}:0.0`);
    return text.split('\n').map((row) => row.trimEnd());
  }

  #try(...args: readonly string[]): Promise<{ code: number; output: string }> {
    // Never a server of its own: ours may not listen yet.
    return run('tmux', ['-N', '-u', '-S', this.socket, ...args], { env: this.env });
  }
}
