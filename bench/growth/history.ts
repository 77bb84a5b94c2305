import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OWN } from '../figures.ts';
import type { Figure, Unit } from '../figures.ts';
import type { Bench } from '../stage.ts';
import { median } from '../statistics.ts';
import { Tmuxy } from '../targets/tmuxy.ts';
import { PrivateTmux } from '../tmux.ts';
import { usageOfOne } from '../usage.ts';
import { joinSession } from './joining.ts';

const LINES = [1000, 10_000, 100_000, 500_000];
const JOINS = 3;
/** As it comes, and with as much history as can be asked for. */
const SETTINGS = [
  { name: 'default', flags: [] },
  { name: 'all history', flags: ['--history-lines', '1000000'] },
] as const;
const MEGA = 1_000_000;

/** What joining costs by how long the pane's history is. */
export async function measureHistory(bench: Bench): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  await bench.cleanup.scope(async (scope) => {
    const tmux = await PrivateTmux.start(scope, { historyLimit: 600_000 });
    const program = `awk -v count="$1" 'BEGIN {
  for (i = 1; i <= count; i++) printf "\\033[32mINFO\\033[0m request %d took %d ms and was answered\\n", i, i % 97
}'; tmux wait-for -S filled
`;
    await writeFile(join(tmux.folder, 'fill'), program);
    for (const lines of LINES) {
      await tmux.reset();
      const filled = tmux.run('wait-for', 'filled');
      await tmux.run('send-keys', '-t', 'main:0.0', `clear; sh ~/fill ${lines}`, 'Enter');
      await filled;
      for (const { name, flags } of SETTINGS) {
        const figure = (metric: string, value: number, unit: Unit): void => {
          const full = `${lines / 1000}k lines, ${name}: ${metric}`;
          figures.push({ measurement: 'history', metric: full, target: OWN, value, unit });
        };
        await bench.cleanup.scope(async (inner) => {
          const server = await Tmuxy.start(inner, tmux, { flags });
          const times: number[] = [];
          let bytes = 0;
          for (let time = 0; time < JOINS; time += 1) {
            const joined = await joinSession(server);
            times.push(joined.ms);
            bytes = joined.bytes;
            await joined.stream.close();
          }
          figure('join', median(times), 'ms');
          figure('picture', bytes / MEGA, 'MB');
          figure('server RSS', (await usageOfOne(server.pid)).rssBytes / MEGA, 'MB');
        });
      }
      figures.push({
        measurement: 'history',
        metric: `${lines / 1000}k lines: tmux RSS`,
        target: OWN,
        value: (await usageOfOne(tmux.pid)).rssBytes / MEGA,
        unit: 'MB',
      });
    }
  });
  return figures;
}
