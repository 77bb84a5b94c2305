import { setTimeout } from 'node:timers/promises';
import { Collected } from '../collected.ts';
import type { Figure } from '../figures.ts';
import { writeEndless } from '../load-programs.ts';
import { seen, timeKey } from '../page-probe.ts';
import { Stage } from '../stage.ts';
import type { Bench } from '../stage.ts';
import { PROMPT } from '../tmux.ts';
import { metered } from '../usage.ts';

const ROUNDS = 2;
const TIMES = 5;
/** A terminal that is stuck by then stays stuck. */
const PATIENCE_MS = 30_000;
/** How long the flood has been going when it is interrupted, at least and at most. */
const FLOW_MS = { min: 1000, max: 2000 };

/** From Ctrl-C under endless output to the rendering of the prompt. */
export function measureInterrupt(bench: Bench): Promise<readonly Figure[]> {
  return Stage.set(bench, {}, async (stage) => {
    const collected = new Collected('interrupt');
    const endless = await writeEndless(stage.tmux.folder);
    await stage.interleave(ROUNDS, (target) =>
      stage.opened(target, async (page) => {
        for (let time = 0; time < TIMES; time += 1) {
          await seen(page, { row: PROMPT });
          await page.keyboard.type(`clear; ${endless}\n`);
          const flow = FLOW_MS.min + Math.random() * (FLOW_MS.max - FLOW_MS.min);
          const pids = { server: target.pid, tmux: stage.tmux.pid };
          const cost = await metered(pids, async () => {
            await setTimeout(flow);
            return timeKey(page, 'Control+c', { row: PROMPT }, PATIENCE_MS);
          });
          collected.add(target.name, 'prompt', cost.result);
          collected.cost(target.name, '', cost);
        }
      }),
    );
    return collected.figures(['prompt']);
  });
}
