import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { OWN } from '../figures.ts';
import type { Figure, Unit } from '../figures.ts';
import { compareLines } from '../lines.ts';
import { Proxy } from '../network/proxy.ts';
import { awaitSeen, begin, seen } from '../page-probe.ts';
import { until } from '../process.ts';
import { Stage } from '../stage.ts';
import type { Bench } from '../stage.ts';
import type { Target } from '../targets/target.ts';
import { PROMPT } from '../tmux.ts';

/** Lines that a browser has in any case, by the server's default settings. */
const KEPT_LINES = 5000;
/** Peers may not come back at all. */
const PATIENCE_MS = 20_000;

interface Case {
  readonly name: string;
  /** Whether the browser is told that the network went and came, as by an operating system. */
  readonly isTold: boolean;
  /** Lines that are printed while the network is away. */
  readonly lines: number;
}

const CASES: readonly Case[] = [
  { name: 'told', isTold: true, lines: 300 },
  // More than the server keeps for those who come back.
  { name: 'told, flooded', isTold: true, lines: 60_000 },
  { name: 'untold', isTold: false, lines: 300 },
];

/** From the network being there again to the exact screen, and what was lost or doubled on the way. */
export function measureReconnect(bench: Bench): Promise<readonly Figure[]> {
  // With the grace of a server as it is run.
  return Stage.set(bench, { flags: [], historyLimit: 100_000 }, async (stage, scope) => {
    const cut = { measurement: 'reconnect', metric: 'cut', target: OWN } as const;
    const figures: Figure[] = [{ ...cut, value: bench.options.cutSeconds, unit: 's' }];
    await writeProgram(stage.tmux.folder);
    for (const one of CASES) {
      await stage.interleave(1, async (target) => {
        const proxy = await Proxy.start(scope, target.port);
        const measured = await stage.opened(
          target,
          (page) => cutOff(stage, { target, page, proxy, one }),
          proxy.origin,
        );
        figures.push(...measured);
        await proxy.cut();
      });
    }
    return figures;
  });
}

interface Cut {
  readonly target: Target;
  readonly page: Page;
  readonly proxy: Proxy;
  readonly one: Case;
}

async function cutOff(stage: Stage, { target, page, proxy, one }: Cut): Promise<Figure[]> {
  const { tmux, bench } = stage;
  const context = page.context();
  await page.keyboard.type('clear; sh ~/numbered 1 100; read go; sh ~/numbered 101 ');
  await page.keyboard.type(`${one.lines}; echo al""l\n`);
  await seen(page, { row: numbered(100) });

  if (one.isTold) await context.setOffline(true);
  await proxy.cut();
  await setTimeout((bench.options.cutSeconds * 1000) / 2);
  await stage.type('');
  await setTimeout((bench.options.cutSeconds * 1000) / 2);
  await until(async () => (await tmux.rows()).includes('all'), { what: 'the lines' });
  await tmux.shows(PROMPT);
  const printed = await tmux.rows({ history: true });

  await begin(page, { rows: await tmux.rows() }, PATIENCE_MS);
  await proxy.restore();
  const restoredAt = performance.timeOrigin + performance.now();
  if (one.isTold) await context.setOffline(false);
  await target.comeBack(page);
  const back = await awaitSeen(page).catch((error: unknown) => {
    console.error(`  ${target.name} is not back: ${String(error).slice(0, 300)}`);
  });
  if (!back) return [];
  const figure = (metric: string, value: number, unit: Unit): Figure => ({
    measurement: 'reconnect',
    metric: `${one.name}: ${metric}`,
    target: target.name,
    value,
    unit,
  });
  const time = figure('exact screen', back.at - restoredAt, 'ms');
  // The others have no history of their own: scrolled out lines are in tmux only.
  if (target.name !== OWN) return [time];
  const shown = await page.evaluate(() => window.bench.lines());
  const { lost, doubled } = compareLines(printed, shown, KEPT_LINES);
  return [time, figure('lost', lost, 'bytes'), figure('doubled', doubled, 'bytes')];
}

/** `sh numbered FIRST COUNT` prints that many lines, each unlike all others. */
async function writeProgram(folder: string): Promise<void> {
  const program = `awk -v first="$1" -v count="$2" 'BEGIN {
  for (i = first; i < first + count; i++) printf "line %08d of a numbered log that is long enough to fill the row\\n", i
}'
`;
  await writeFile(join(folder, 'numbered'), program);
}

function numbered(line: number): string {
  const digits = String(line).padStart(8, '0');
  return `line ${digits} of a numbered log that is long enough to fill the row`;
}
