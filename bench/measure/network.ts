import { Collected } from '../collected.ts';
import type { Figure } from '../figures.ts';
import type { Line } from '../network/delay-line.ts';
import { Proxy } from '../network/proxy.ts';
import { Stage } from '../stage.ts';
import type { Bench } from '../stage.ts';
import { typeKeys } from './typing.ts';

const LINES: readonly (Line & { readonly name: string })[] = [
  { name: '60 ms', rttMs: 60, loss: 0 },
  { name: '150 ms', rttMs: 150, loss: 0 },
  { name: '300 ms', rttMs: 300, loss: 0 },
  { name: '60 ms, 5 % lost', rttMs: 60, loss: 0.05 },
];
/** Of all keys, for each line. */
const SHARE = 1 / 5;

/** Keydown to rendered echo through slow networks. */
export function measureNetwork(bench: Bench): Promise<readonly Figure[]> {
  return Stage.set(bench, {}, async (stage, scope) => {
    const collected = new Collected('network');
    const keys = Math.ceil(bench.options.keys * SHARE);
    for (const line of LINES) {
      await stage.interleave(1, async (target) => {
        const proxy = await Proxy.start(scope, target.port, line);
        await stage.opened(
          target,
          async (page) => {
            const { seen, confirmed } = await typeKeys(page, stage.tmux, keys);
            collected.add(target.name, line.name, ...seen);
            collected.add(target.name, `${line.name}, confirmed`, ...confirmed);
          },
          proxy.origin,
        );
      });
    }
    return collected.figures(LINES.flatMap(({ name }) => [name, `${name}, confirmed`]));
  });
}
