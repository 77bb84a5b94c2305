import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';

export interface Started {
  readonly child: ChildProcess;
  /** The first group of the pattern that was waited for. */
  readonly found: string;
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
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(new Error(`${command} ended early:\n${output}`));
    child.once('exit', fail);
    child.once('error', reject);
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        const match = pattern.exec(output);
        if (!match) return;
        child.off('exit', fail);
        // Nobody reads on: an unread pipe would stop the program.
        for (const other of [child.stdout, child.stderr]) other.removeAllListeners('data').resume();
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
  await ended;
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
