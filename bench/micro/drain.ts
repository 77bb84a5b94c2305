import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../tools/runtime/run.mjs';
import type { Rate } from './measure.ts';

/** As it comes back, and not as it is typed. */
const END = 'the-end-of-it';
const END_TYPED = "printf 'the-end-%s' of-it";
/** The prompt and notifications may come after it. */
const TAIL_BYTES = 4_096;

/**
 * What tmux itself can give: `raw`, written by a program, read from `tmux -C` and thrown away; by the clock,
 * since it is other processes that work.
 */
export async function drainTmux(raw: Buffer, times: number): Promise<Rate> {
  const folder = await mkdtemp(join(tmpdir(), 'tmuxy-bench-'));
  const env = { PATH: process.env['PATH'], HOME: folder, LANG: 'C.UTF-8' };
  const tmux = ['-u', '-S', join(folder, 's'), '-f', '/dev/null'];
  try {
    const log = join(folder, 'log');
    await writeFile(log, Buffer.concat(Array.from({ length: times }, () => raw)));
    const { code, output } = await run('tmux', [...tmux, 'new-session', '-d', 'sh'], { env });
    if (code !== 0) throw new Error(`tmux did not start: ${output}`);
    const seconds = await secondsOf(tmux, env, `cat ${log}; ${END_TYPED}`);
    const perSecond = (raw.length * times) / 1e6 / seconds;
    return { name: 'limit: tmux -C, drained to nothing, by the clock|', unit: 'MB', perSecond };
  } finally {
    await run('tmux', [...tmux, 'kill-server'], { env });
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function secondsOf(
  tmux: readonly string[],
  env: NodeJS.ProcessEnv,
  line: string,
): Promise<number> {
  const client = spawn('tmux', [...tmux, '-C', 'attach-session'], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    const ended = new Promise<void>((resolve, reject) => {
      client.once('exit', () => reject(new Error('tmux ended early')));
      let tail = '';
      client.stdout.on('data', (chunk: Buffer) => {
        // The end may lie in two pieces.
        tail += chunk.toString('latin1', Math.max(0, chunk.length - 2 * TAIL_BYTES));
        if (tail.includes(END)) resolve();
        tail = tail.slice(-TAIL_BYTES);
      });
    });
    const begun = performance.now();
    client.stdin.write(`send-keys -l "${line.replaceAll(/["\\$]/g, '\\$&')}"\nsend-keys Enter\n`);
    await ended;
    return (performance.now() - begun) / 1000;
  } finally {
    const exited = once(client, 'exit');
    client.stdin.end();
    await exited;
  }
}
