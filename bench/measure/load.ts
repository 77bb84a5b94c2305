import { Collected } from '../collected.ts';
import type { Figure } from '../figures.ts';
import { seen } from '../page-probe.ts';
import { Stage, originOf } from '../stage.ts';
import type { Bench } from '../stage.ts';
import { PROMPT } from '../tmux.ts';
import { metered } from '../usage.ts';

const ROUNDS = 5;

/** From the beginning of the navigation to the rendering of the shell's prompt. */
export function measureLoad(bench: Bench): Promise<readonly Figure[]> {
  return Stage.set(bench, {}, async (stage) => {
    const collected = new Collected('load');
    await stage.interleave(ROUNDS, async (target) => {
      for (const isCold of [true, false]) {
        await stage.tmux.reset();
        await stage.page(target, async (page) => {
          const network = await page.context().newCDPSession(page);
          if (isCold) await network.send('Network.clearBrowserCache');
          const load = async () => {
            await target.visit(page, originOf(target.port));
            return seen(page, { row: PROMPT });
          };
          const cost = await metered({ server: target.pid, tmux: stage.tmux.pid }, load);
          const name = isCold ? 'cold' : 'cached';
          collected.add(target.name, name, cost.result.sinceLoad);
          collected.cost(target.name, `${name}: `, cost);
        });
      }
    });
    return collected.figures();
  });
}
