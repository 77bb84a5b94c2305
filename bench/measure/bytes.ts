import { setTimeout } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { Figure } from '../figures.ts';
import { writeEndless, writeLog } from '../load-programs.ts';
import { Proxy } from '../network/proxy.ts';
import { seen, timeKey } from '../page-probe.ts';
import { Stage } from '../stage.ts';
import type { Bench } from '../stage.ts';
import { PROMPT } from '../tmux.ts';
import { typeKeys } from './typing.ts';

const KEYS = 60;
const FLOW_MS = 2000;
const MEGA = 1_000_000;

/** What the server sends to the browser, counted on the way (with the frames of its protocol). */
export function measureBytes(bench: Bench): Promise<readonly Figure[]> {
  return Stage.set(bench, {}, async (stage, scope) => {
    const { tmux } = stage;
    const print = await writeLog(tmux.folder, bench.options.megabytes * MEGA);
    const endless = await writeEndless(tmux.folder);
    const figures: Figure[] = [];
    await stage.interleave(1, async (target) => {
      const proxy = await Proxy.start(scope, target.port);
      const count = async (metric: string, work: () => Promise<unknown>): Promise<void> => {
        const before = proxy.bytesDown;
        await work();
        const value = (proxy.bytesDown - before) / 1000;
        figures.push({ measurement: 'bytes', metric, target: target.name, value, unit: 'kB' });
      };
      const acts = async (page: Page): Promise<void> => {
        await count(`${KEYS} keys`, () => typeKeys(page, tmux, KEYS));
        await page.keyboard.type(`${print}; echo flood-e""nd`);
        await count('flood', () => timeKey(page, 'Enter', { row: 'flood-end' }));
        await page.keyboard.type(`clear; ${endless}\n`);
        await count('2 s of endless output', async () => {
          await setTimeout(FLOW_MS);
          await timeKey(page, 'Control+c', { row: PROMPT });
        });
      };
      await stage.opened(target, acts, proxy.origin);
      await tmux.reset();
      await stage.page(
        target,
        async (page) => {
          const network = await page.context().newCDPSession(page);
          await network.send('Network.clearBrowserCache');
          await count('cold load', async () => {
            await target.visit(page, proxy.origin);
            await seen(page, { row: PROMPT });
          });
        },
        proxy.origin,
      );
    });
    return figures;
  });
}
