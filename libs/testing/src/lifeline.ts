import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';

/**
 * Runs a shell script as soon as this process is gone, however it went (SIGKILL too), or when
 * {@link Lifeline.release} is called: a detached `sh` waits for the end of a pipe that we hold.
 */
export class Lifeline {
  readonly #child: ChildProcess;
  readonly #stdin: Socket;
  readonly #done: Promise<void>;

  constructor(script: string, args: readonly string[]) {
    const child = spawn('/bin/sh', ['-c', `read -r _; ${script}`, 'lifeline', ...args], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    if (!(child.stdin instanceof Socket)) throw new Error('the lifeline has no pipe');
    this.#child = child;
    this.#stdin = child.stdin;
    this.#done = new Promise((resolve, reject) => {
      child.once('exit', () => {
        resolve();
      });
      child.once('error', reject);
    });
    // Neither keeps the test process alive: its end is what the script waits for.
    child.unref();
    this.#stdin.unref();
  }

  /** Runs the script now and waits for it. */
  async release(): Promise<void> {
    this.#child.ref();
    this.#stdin.end();
    await this.#done;
  }
}
