import { setTimeout } from 'node:timers/promises';
import { OWN } from '../figures.ts';
import type { Figure, Unit } from '../figures.ts';
import type { Bench } from '../stage.ts';
import { median } from '../statistics.ts';
import { Tmuxy } from '../targets/tmuxy.ts';
import { PrivateTmux, SESSION } from '../tmux.ts';
import { usageOf, usageOfOne } from '../usage.ts';
import { joinSession } from './joining.ts';

const PANES = [1, 4, 16, 64];
const JOINS = 5;
const CHANGES = 40;
const CHANGE_MS = 100;
const SETTLE_MS = 500;

/** What a session costs by how many panes it has: joining it, and each change that is looked at. */
export async function measurePanes(bench: Bench): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const panes of PANES) {
    await bench.cleanup.scope(async (scope) => {
      const tmux = await PrivateTmux.start(scope, { cols: 240, rows: 160 });
      for (let pane = 1; pane < panes; pane += 1) {
        await tmux.run('split-window', '-d', '-t', `${SESSION}:0`);
        await tmux.run('select-layout', '-t', `${SESSION}:0`, 'tiled');
      }
      const server = await Tmuxy.start(scope, tmux);
      const figure = (metric: string, value: number, unit: Unit): void => {
        const name = `${String(panes)} panes: ${metric}`;
        figures.push({ measurement: 'panes', metric: name, target: OWN, value, unit });
      };
      const first = await joinSession(server);
      const times: number[] = [];
      for (let join = 0; join < JOINS; join += 1) {
        const { ms, stream } = await joinSession(server);
        times.push(ms);
        await stream.close();
      }
      figure('first join', first.ms, 'ms');
      figure('join', median(times), 'ms');
      figure('picture', first.bytes / 1_000_000, 'MB');
      figure('CPU of a change', await costOfChange(server, tmux), 'ms');
      await first.stream.close();
    });
  }
  return figures;
}

/** Server and tmux, for a window's new name; tmux's own part of it included. */
async function costOfChange(server: Tmuxy, tmux: PrivateTmux): Promise<number> {
  const take = async () =>
    (await usageOf(server.pid)).cpuSeconds + (await usageOfOne(tmux.pid)).cpuSeconds;
  await setTimeout(SETTLE_MS);
  const before = await take();
  for (let change = 0; change < CHANGES; change += 1) {
    await tmux.run('rename-window', '-t', `${SESSION}:0`, `name-${change}`);
    await setTimeout(CHANGE_MS);
  }
  await setTimeout(SETTLE_MS);
  return (((await take()) - before) / CHANGES) * 1000;
}
