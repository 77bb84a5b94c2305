import { Collected } from '../collected.ts';
import { LIMIT } from '../figures.ts';
import type { Figure } from '../figures.ts';
import { writeLog } from '../load-programs.ts';
import { startBound, stop, until, within } from '../process.ts';
import { PrivateTmux } from '../tmux.ts';
import type { Bench } from '../stage.ts';
import { usageOfOne } from '../usage.ts';

const ROUNDS = 3;

/** What tmux itself needs for the same flood: watched by nobody, and by a client that drops it all. */
export function measureLimits(bench: Bench): Promise<readonly Figure[]> {
  return bench.cleanup.scope(async (scope) => {
    const tmux = await PrivateTmux.start(scope);
    const print = await writeLog(tmux.folder, bench.options.megabytes * 1_000_000);
    const collected = new Collected('limits');
    for (let round = 0; round < ROUNDS; round += 1) {
      await tmux.reset();
      await timeFlood(tmux, print, collected, 'nobody attached');
      await tmux.reset();
      const attach = ['-u', '-S', tmux.socket, '-C', 'attach-session', '-t', 'main'];
      // Its end is the end of the client; what it prints goes to /dev/null.
      const client = startBound('tmux', attach, {
        env: tmux.env,
        stdio: ['pipe', 'ignore', 'ignore'],
      });
      scope.add(() => stop(client));
      await until(async () => (await tmux.run('list-clients')) !== '', { what: 'a client' });
      await timeFlood(tmux, print, collected, 'tmux -C to /dev/null');
      await stop(client);
    }
    const figures = collected.figures();
    const rates = figures
      .filter(({ unit }) => unit === 'ms')
      .map((figure): Figure => ({
        ...figure,
        metric: `${figure.metric}: rate`,
        value: (bench.options.megabytes * 1000) / figure.value,
        unit: 'MB/s',
      }));
    return [...figures, ...rates];
  });
}

async function timeFlood(
  tmux: PrivateTmux,
  print: string,
  collected: Collected,
  metric: string,
): Promise<void> {
  const cpu = async () => (await usageOfOne(tmux.pid)).cpuSeconds;
  const before = await cpu();
  const done = tmux.run('wait-for', 'printed');
  const begun = performance.now();
  await tmux.run('send-keys', '-t', 'main:0.0', `${print}; tmux wait-for -S printed`, 'Enter');
  await within(done, { what: 'the flood to end', timeoutMs: 300_000 });
  collected.add(LIMIT, metric, performance.now() - begun);
  collected.add(LIMIT, `${metric}: tmux CPU`, (await cpu()) - before);
}
