import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempDir, type TempDir, TmuxServer } from '#testing';
import type { FilesSection } from '../config/files-section.js';
import { loadConfig } from '../config/load-config.js';
import { startServer } from '../main.js';
import { ServerUnderTest } from './server-under-test.js';

/** Settings as somebody writes them into the file. */
type Settings = Readonly<Record<string, unknown>>;

/**
 * The real server with a root `work` and, beside it, a secret that nobody may get. `dir` holds both, and nothing
 * of the server's.
 */
export class FilesUnderTest {
  readonly server: ServerUnderTest;
  readonly #dir: TempDir;

  private constructor(server: ServerUnderTest, dir: TempDir) {
    this.server = server;
    this.#dir = dir;
  }

  /** @param prepare puts things into `dir` before the server opens its roots */
  static async start(
    files: Partial<FilesSection> = {},
    {
      settings = {},
      prepare,
    }: { readonly settings?: Settings; readonly prepare?: (dir: string) => void } = {},
  ): Promise<FilesUnderTest> {
    const dir = await tempDir('tmuxy-files-');
    mkdirSync(join(dir.path, 'work'));
    writeFileSync(join(dir.path, 'secret'), SECRET);
    prepare?.(dir.path);
    const tmux = await TmuxServer.start();
    try {
      const file = join(tmux.dir, 'tmuxy.yaml');
      const roots = [{ path: join(dir.path, 'work') }];
      const written = { files: { roots, ...files }, ...settings };
      writeFileSync(file, JSON.stringify(written), { mode: 0o600 });
      const running = await startServer(configOf(tmux, file), join(tmux.dir, 'no-web'));
      return new FilesUnderTest(ServerUnderTest.of(tmux, running), dir);
    } catch (error) {
      await Promise.all([tmux.stop(), dir.remove()]);
      throw error;
    }
  }

  /** Ends the server and starts another with the same state. @param files other settings; absent: the same */
  async restart(files?: Partial<FilesSection>): Promise<FilesUnderTest> {
    const { tmux, running } = this.server;
    await running.app.close();
    const file = join(tmux.dir, 'tmuxy.yaml');
    if (files !== undefined) writeFileSync(file, JSON.stringify({ files }));
    const config = configOf(tmux, file);
    const again = await startServer(config, join(tmux.dir, 'no-web'));
    return new FilesUnderTest(ServerUnderTest.of(tmux, again), this.#dir);
  }

  get dir(): string {
    return this.#dir.path;
  }

  /** Path of something in the root. */
  work(...names: readonly string[]): string {
    return join(this.dir, 'work', ...names);
  }

  get stateDir(): string {
    return join(this.server.tmux.dir, 'state');
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await this.#dir.remove();
  }
}

/** What the file beside the root holds; it must never be in an answer. */
export const SECRET = 'the secret beside the root';

function configOf(tmux: TmuxServer, file: string): ReturnType<typeof loadConfig> {
  const flags = { port: '0', logLevel: 'silent', socketPath: tmux.socketPath };
  return loadConfig({
    env: {},
    file,
    homeDir: tmux.dir,
    isTerminal: false,
    flags: { ...flags, stateDir: join(tmux.dir, 'state') },
  });
}
