import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { run } from '../../tools/runtime/run.mjs';
import { ROOT } from '../../tools/setup/prepare.mjs';
import type { Cleanup } from '../cleanup.ts';
import { OWN } from '../figures.ts';
import { pidOf, startUntil, stop, until } from '../process.ts';
import { SESSION } from '../tmux.ts';
import type { PrivateTmux } from '../tmux.ts';
import { viewTmuxy } from '../viewers/tmuxy-viewer.ts';
import type { Viewer } from '../viewers/viewer.ts';
import type { Target, TargetOptions } from './target.ts';

const ENTRY = join(ROOT, 'dist/apps/server/src/cli/main.js');
const OBSERVER = join(ROOT, 'bench/report-memory.mjs');
/** A credential may open 120 streams a minute and have 128; more viewers have further ones. */
const STREAMS_PER_TOKEN = 100;

/** The built server of this tree, on a free port. */
export class Tmuxy implements Target {
  readonly name = OWN;
  readonly shown = {
    terminal: `window.tmuxy?.terminals.get('%0')`,
    overlay: `window.tmuxy?.terminals.get('%0')?.element?.querySelector('[data-testid=prediction]') ?? null`,
  };
  readonly statusRows = 0;
  readonly pid: number;
  readonly port: number;
  readonly #tmux: PrivateTmux;
  readonly #tokens = new Map<number, Promise<string>>();

  private constructor(tmux: PrivateTmux, pid: number, port: number) {
    this.#tmux = tmux;
    this.pid = pid;
    this.port = port;
  }

  static async start(
    cleanup: Cleanup,
    tmux: PrivateTmux,
    { flags = [], isObserved = false }: TargetOptions = {},
  ): Promise<Tmuxy> {
    const observing = isObserved ? ['--expose-gc', '--import', OBSERVER] : [];
    const where = ['--port', '0', '--socket-path', tmux.socket, '--state-dir', stateOf(tmux)];
    const { child, found } = await startUntil(
      process.execPath,
      [...observing, ENTRY, 'server', ...where, '--log-level', 'warn', ...flags],
      { ...tmux.env, BENCH_MEMORY_FILE: memoryOf(tmux) },
      /(http:\S+)#key=\S+/,
    );
    cleanup.add(() => stop(child));
    return new Tmuxy(tmux, pidOf(child), Number(new URL(found).port));
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}/`;
  }

  async prepare(context: BrowserContext, origin: string): Promise<void> {
    const link = await this.#cli('link');
    const key = /#key=\S+/.exec(link)?.[0];
    if (key === undefined) throw new Error(`no link was made: ${link}`);
    const page = await context.newPage();
    await page.goto(new URL(key, origin).href);
    await page.getByTestId('sessions').waitFor();
    await page.close();
  }

  async visit(page: Page, origin: string): Promise<void> {
    await page.goto(new URL(`s/${SESSION}`, origin).href, { waitUntil: 'commit' });
  }

  async focus(page: Page): Promise<void> {
    await page.getByTestId('pane').first().click();
  }

  /** It comes back by itself. */
  comeBack(): Promise<void> {
    return Promise.resolve();
  }

  async view(cleanup: Cleanup, number: number): Promise<Viewer> {
    const token = await this.token('viewer', Math.floor(number / STREAMS_PER_TOKEN));
    const viewer = await viewTmuxy(this.origin, token);
    cleanup.add(() => viewer.close());
    return viewer;
  }

  /** An access token; the same for the same number. */
  token(role: 'viewer' | 'operator', number: number): Promise<string> {
    const known = this.#tokens.get(number);
    if (known) return known;
    const made = this.#cli('token', 'create', `bench-${number}`, '--role', role, '--json').then(
      (json) => (JSON.parse(json) as { token: string }).token,
    );
    this.#tokens.set(number, made);
    return made;
  }

  /** What is left in its memory (heap, buffers) when all garbage is collected. */
  async retainedBytes(): Promise<number> {
    const file = memoryOf(this.#tmux);
    await rm(file, { force: true });
    process.kill(this.pid, 'SIGUSR2');
    await until(() => existsSync(file), { what: 'the server to tell its memory' });
    return Number(await readFile(file, 'utf8'));
  }

  async #cli(...args: readonly string[]): Promise<string> {
    const where = ['--state-dir', stateOf(this.#tmux)];
    const { code, output } = await run(process.execPath, [ENTRY, ...args, ...where], {
      env: this.#tmux.env,
    });
    if (code !== 0) throw new Error(`tmuxy ${args.join(' ')} failed: ${output}`);
    return output;
  }
}

function memoryOf(tmux: PrivateTmux): string {
  return join(tmux.folder, 'memory');
}

function stateOf(tmux: PrivateTmux): string {
  return join(tmux.folder, 'state');
}
