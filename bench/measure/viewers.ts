import { setTimeout } from 'node:timers/promises';
import { LIMIT } from '../figures.ts';
import type { Figure, Unit } from '../figures.ts';
import type { Cleanup } from '../cleanup.ts';
import { writePaced } from '../load-programs.ts';
import { until, within } from '../process.ts';
import { Stage } from '../stage.ts';
import type { Bench } from '../stage.ts';
import type { Target } from '../targets/target.ts';
import { memoryOf, usageOf, usageOfOne } from '../usage.ts';
import type { Viewer } from '../viewers/viewer.ts';

/** They join and leave first, so that what only the first needs is not put to many. */
const WARM_UP = 5;
const SETTLE_MS = 2000;
const MEGA = 1_000_000;

/** What so many viewers of one busy session cost: servers, tmux and what they start. */
export async function measureViewers(bench: Bench): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const count of bench.options.viewers) {
    // Everything anew for each number: memory that was freed stays with its process.
    await Stage.set(bench, {}, (stage) =>
      stage.interleave(1, async (target) => {
        figures.push(...(await watched(stage, target, count)));
      }),
    );
  }
  return unique(figures);
}

async function watched(stage: Stage, target: Target, count: number): Promise<Figure[]> {
  const { tmux, bench } = stage;
  const figure = (of: string, metric: string, value: number, unit: Unit): Figure => ({
    measurement: 'viewers',
    metric,
    target: of,
    value,
    unit,
  });
  const take = async () => {
    const [servers, tmuxUsage] = [await usageOf(target.pid), await usageOfOne(tmux.pid)];
    return { cpuSeconds: servers.cpuSeconds + tmuxUsage.cpuSeconds, at: performance.now() };
  };
  const memory = async () => (await memoryOf(target.pid)) + (await memoryOf(tmux.pid));
  const cpuPercent = async (): Promise<number> => {
    const before = await take();
    await setTimeout(bench.options.seconds * 1000);
    const after = await take();
    return ((after.cpuSeconds - before.cpuSeconds) / ((after.at - before.at) / 1000)) * 100;
  };
  await stage.type(await writePaced(tmux.folder));
  await bench.cleanup.scope(async (scope) => {
    await join(scope, target, WARM_UP);
  });
  await until(async () => (await tmux.run('list-clients')) === '', { what: 'viewers to leave' });
  const alone = await cpuPercent();
  const before = await memory();
  return bench.cleanup.scope(async (scope) => {
    const viewers = await join(scope, target, count);
    await setTimeout(SETTLE_MS);
    const bytes = (): number => viewers.reduce((sum, viewer) => sum + viewer.bytes(), 0);
    const received = bytes();
    const cpu = await cpuPercent();
    const perViewer = (bytes() - received) / count / bench.options.seconds;
    const after = await memory();
    const { rssBytes } = await usageOfOne(target.pid);
    const name = (metric: string): string => `${count} viewers: ${metric}`;
    return [
      figure(LIMIT, 'nobody watches: CPU', alone, '%'),
      figure(target.name, name('CPU'), cpu, '%'),
      figure(target.name, name('memory each'), (after - before) / count / MEGA, 'MB'),
      figure(target.name, name('memory in all'), after / MEGA, 'MB'),
      figure(target.name, name('server RSS'), rssBytes / MEGA, 'MB'),
      figure(target.name, name('received each'), perViewer / MEGA, 'MB/s'),
    ];
  });
}

async function join(scope: Cleanup, target: Target, count: number): Promise<Viewer[]> {
  const viewers: Viewer[] = [];
  for (let number = 0; number < count; number += 1) {
    const what = `${target.name} to show the session to viewer ${number + 1}`;
    viewers.push(await within(target.view(scope, number), { what }));
  }
  return viewers;
}

/** What was measured beside every target counts once. */
function unique(figures: readonly Figure[]): Figure[] {
  const byName = new Map(figures.map((one) => [`${one.target} ${one.metric}`, one]));
  return [...byName.values()];
}
