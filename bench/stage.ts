import type { Browser, BrowserContext, Page } from '@playwright/test';
import type { Cleanup } from './cleanup.ts';
import type { Options } from './options.ts';
import { addProbe, seen } from './page-probe.ts';
import { OWN } from './figures.ts';
import { until } from './process.ts';
import { PROMPT, PrivateTmux, SESSION } from './tmux.ts';
import type { TmuxOptions } from './tmux.ts';
import type { StartTarget, Target } from './targets/target.ts';
import { Tmuxy } from './targets/tmuxy.ts';
import { startTtyd } from './targets/ttyd.ts';
import { startWetty } from './targets/wetty.ts';

/** What every measurement of a run has. */
export interface Bench {
  readonly options: Options;
  /** Launched by the first that needs it. */
  browser(): Promise<Browser>;
  readonly cleanup: Cleanup;
}

/** Without a grace, so that nothing of ours stays attached while the others are measured. */
const FLAGS = ['--grace-ms', '0'];
const VIEWPORT = { width: 1280, height: 800 };

export interface StageOptions extends TmuxOptions {
  readonly peers?: boolean;
  /** Instead of what keeps the rounds of several targets apart. */
  readonly flags?: readonly string[];
}

/** One tmux with one session, and every target beside it. */
export class Stage {
  readonly bench: Bench;
  readonly tmux: PrivateTmux;
  readonly targets: readonly Target[];
  readonly #contexts = new Map<string, BrowserContext>();
  readonly #cleanup: Cleanup;

  private constructor(
    bench: Bench,
    cleanup: Cleanup,
    { tmux, targets }: { tmux: PrivateTmux; targets: readonly Target[] },
  ) {
    this.bench = bench;
    this.#cleanup = cleanup;
    this.tmux = tmux;
    this.targets = targets;
  }

  /** Sets it up, does the work, and takes it down. */
  static set<T>(
    bench: Bench,
    options: StageOptions,
    work: (stage: Stage, scope: Cleanup) => Promise<T>,
  ): Promise<T> {
    return bench.cleanup.scope(async (scope) => {
      const tmux = await PrivateTmux.start(scope, options);
      const own: Target = await Tmuxy.start(scope, tmux, { flags: options.flags ?? FLAGS });
      const isAlone = bench.options.peers.length === 0 || options.peers === false;
      const peers = isAlone ? [] : await startPeers(bench, scope, tmux);
      return work(new Stage(bench, scope, { tmux, targets: [own, ...peers] }), scope);
    });
  }

  /**
   * Lets every target have its turn, and all of them again, so that whatever else goes on on the
   * machine hits all alike.
   */
  async interleave(rounds: number, turn: (target: Target) => Promise<void>): Promise<void> {
    for (let round = 0; round < rounds; round += 1) {
      for (const target of this.targets) {
        console.error(`  ${target.name}, round ${round + 1} of ${rounds}`);
        await this.tmux.reset();
        try {
          await turn(target);
        } catch (error) {
          if (target.name === OWN || this.#cleanup.isEnded) throw error;
          // A peer that got stuck is no reason to know nothing of the others.
          console.error(`  ${target.name} failed in this round: ${String(error).slice(0, 300)}`);
        }
      }
    }
  }

  /** A page of the target's own browser profile, which is signed in at the origin. */
  async page<T>(
    target: Target,
    work: (page: Page) => Promise<T>,
    origin = originOf(target.port),
  ): Promise<T> {
    const context = await this.#contextOf(target, origin);
    const page = await context.newPage();
    try {
      await addProbe(page, target.shown);
      return await work(page);
    } finally {
      await page.close();
    }
  }

  /** A page that shows the session, its prompt, in its final size, with the keyboard. */
  opened<T>(
    target: Target,
    work: (page: Page) => Promise<T>,
    origin = originOf(target.port),
  ): Promise<T> {
    return this.page(
      target,
      async (page) => {
        await target.visit(page, origin);
        await seen(page, { row: PROMPT });
        await target.focus(page);
        await this.#settled(target, page);
        return work(page);
      },
      origin,
    );
  }

  /** Types a line into the session from the side, where it is not what is measured. */
  async type(line: string): Promise<void> {
    await this.tmux.run('send-keys', '-t', `${SESSION}:0.0`, line, 'Enter');
  }

  async #settled(target: Target, page: Page): Promise<void> {
    await until(
      async () => {
        const size = await page.evaluate(() => window.bench.size());
        const pane = `${size?.cols ?? 0}x${(size?.rows ?? 0) - target.statusRows}`;
        return (await this.tmux.display('#{pane_width}x#{pane_height}')) === pane;
      },
      { what: `${target.name} and tmux to agree about the size` },
    );
  }

  async #contextOf(target: Target, origin: string): Promise<BrowserContext> {
    const key = `${target.name} ${origin}`;
    const known = this.#contexts.get(key);
    if (known) return known;
    const browser = await this.bench.browser();
    const context = await browser.newContext({ viewport: VIEWPORT });
    this.#cleanup.add(() => context.close());
    await target.prepare(context, origin);
    this.#contexts.set(key, context);
    return context;
  }
}

export function originOf(port: number): string {
  return `http://127.0.0.1:${port}/`;
}

const PEERS: ReadonlyMap<string, StartTarget> = new Map([
  ['ttyd', startTtyd],
  ['wetty', startWetty],
]);
const told = new Set<string>();

async function startPeers(bench: Bench, scope: Cleanup, tmux: PrivateTmux): Promise<Target[]> {
  const started: Target[] = [];
  for (const name of bench.options.peers) {
    try {
      const target = await PEERS.get(name)?.(scope, tmux);
      if (target) started.push(target);
    } catch (error) {
      if (!told.has(name)) console.error(`${name} is left out: ${String(error)}`);
      told.add(name);
    }
  }
  return started;
}
