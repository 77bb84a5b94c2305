import { Collected } from '../collected.ts';
import type { Figure } from '../figures.ts';
import { writeEndless } from '../load-programs.ts';
import { Stage } from '../stage.ts';
import type { Bench } from '../stage.ts';
import { SESSION } from '../tmux.ts';
import { metered } from '../usage.ts';
import { typeKeys } from './typing.ts';
import type { Echoes } from './typing.ts';

const ROUNDS = 3;
/** While another pane floods, of all keys. */
const FLOODED_SHARE = 1 / 3;

/** Keydown to rendered echo: in an idle session, and while the pane below floods. */
export function measureEcho(bench: Bench): Promise<readonly Figure[]> {
  return Stage.set(bench, {}, async (stage) => {
    const collected = new Collected('echo');
    const add = (target: string, metric: string, { seen, confirmed }: Echoes): void => {
      collected.add(target, metric, ...seen);
      collected.add(target, `${metric}, confirmed`, ...confirmed);
    };
    const { tmux } = stage;
    const endless = await writeEndless(tmux.folder);
    const idle = Math.ceil(bench.options.keys / ROUNDS);
    const flooded = Math.ceil(idle * FLOODED_SHARE);
    await stage.interleave(ROUNDS, (target) =>
      stage.opened(target, async (page) => {
        const pids = { server: target.pid, tmux: tmux.pid };
        const calm = await metered(pids, () => typeKeys(page, tmux, idle));
        add(target.name, 'idle', calm.result);
        collected.cost(target.name, 'idle: ', calm);
        await tmux.run('split-window', '-d', '-v', '-t', `${SESSION}:0.0`, endless);
        const busy = await metered(pids, () => typeKeys(page, tmux, flooded));
        add(target.name, 'flooded', busy.result);
        collected.cost(target.name, 'flooded: ', busy);
      }),
    );
    return collected.figures(['idle', 'idle, confirmed', 'flooded', 'flooded, confirmed']);
  });
}
