import { spawn } from 'node:child_process';
import type { ChildProcess, StdioOptions } from 'node:child_process';
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';

export interface Started {
  readonly child: ChildProcess;
  /** The first group of the pattern that was waited for. */
  readonly found: string;
}

/** How long a program has to end by itself before it is killed. */
const STOP_MS = 5000;
const SETPRIV = '/usr/bin/setpriv';

/**
 * Starts a program that ends with this process, however that ends: the kernel signals it, where
 * util-linux is there to ask for that.
 */
export function startBound(
  command: string,
  args: readonly string[],
  { env, stdio }: { readonly env: NodeJS.ProcessEnv; readonly stdio: StdioOptions },
): ChildProcess {
  const bound = ['--pdeathsig', 'TERM', '--', command, ...args];
  return existsSync(SETPRIV)
    ? spawn(SETPRIV, bound, { env, stdio })
    : spawn(command, args, { env, stdio });
}

/**
 * Starts a program and waits until it prints what is looked for.
 *
 * @throws Error with its output when it ends before
 */
export async function startUntil(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  pattern: RegExp,
): Promise<Started> {
  const child = startBound(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error(`${command} has no output`);
  let output = '';
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(new Error(`${command} ended early:\n${output}`));
    child.once('exit', fail);
    child.once('error', reject);
    for (const stream of [stdout, stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        const match = pattern.exec(output);
        if (!match) return;
        child.off('exit', fail);
        // Nobody reads on: an unread pipe would stop the program.
        for (const other of [stdout, stderr]) other.removeAllListeners('data').resume();
        resolve({ child, found: match[1] ?? match[0] });
      });
    }
  });
}

/** Ends a process and waits for its end. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const deadline = new AbortController();
  const kill = setTimeout(STOP_MS, undefined, { signal: deadline.signal }).then(
    () => child.kill('SIGKILL'),
    () => undefined,
  );
  await ended;
  deadline.abort();
  await kill;
}

/** The id of a process that runs. */
export function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('the program could not be started');
  return child.pid;
}

/** Waits until the address answers; the program may say that it listens a little early. */
export async function answering(child: ChildProcess, url: string): Promise<void> {
  while (child.exitCode === null) {
    const isUp = await fetch(url).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    await setTimeout(50);
  }
  throw new Error(`the server of ${url} ended`);
}

/** A port that was free a moment ago, for programs that cannot pick one themselves. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/**
 * Asks again until the answer is yes.
 *
 * @throws Error naming what was waited for
 */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  { what, timeoutMs = 60_000 }: { readonly what: string; readonly timeoutMs?: number },
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await setTimeout(20);
  }
}

/**
 * The answer of something that may never come.
 *
 * @throws Error naming what was waited for
 */
export async function within<T>(
  work: Promise<T>,
  { what, timeoutMs = 60_000 }: { readonly what: string; readonly timeoutMs?: number },
): Promise<T> {
  const over = new AbortController();
  const late = setTimeout(timeoutMs, undefined, { signal: over.signal }).then(() => {
    throw new Error(`waited in vain for ${what}`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    over.abort();
    late.catch(() => undefined);
  }
}
