import { Collected } from '../collected.ts';
import type { Figure } from '../figures.ts';
import { writeLog } from '../load-programs.ts';
import { timeKey } from '../page-probe.ts';
import { Stage } from '../stage.ts';
import type { Bench } from '../stage.ts';
import { metered } from '../usage.ts';

const ROUNDS = 2;

/** From Enter to the rendering of the line after a large file. */
export function measureFlood(bench: Bench): Promise<readonly Figure[]> {
  return Stage.set(bench, {}, async (stage) => {
    const collected = new Collected('flood');
    const print = await writeLog(stage.tmux.folder, bench.options.megabytes * 1_000_000);
    await stage.interleave(ROUNDS, (target) =>
      stage.opened(target, async (page) => {
        await page.keyboard.type(`clear; ${print}; echo flood-e""nd`);
        const pids = { server: target.pid, tmux: stage.tmux.pid };
        const cost = await metered(pids, () => timeKey(page, 'Enter', { row: 'flood-end' }));
        collected.add(target.name, 'last line', cost.result);
        collected.cost(target.name, '', cost);
      }),
    );
    const figures = collected.figures();
    const rates = figures
      .filter(({ metric }) => metric === 'last line')
      .map((figure): Figure => ({
        ...figure,
        metric: 'rate',
        value: (bench.options.megabytes * 1000) / figure.value,
        unit: 'MB/s',
      }));
    return [...rates, ...figures];
  });
}
