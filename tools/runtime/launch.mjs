import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { onParentGone } from './parent.mjs';

/** Signals of one key press arrive within this time: from the terminal, and once more from npm. */
const SAME_PRESS_MS = 500;

/**
 * Runs a program in the foreground and passes signals on, each once. It gets a process group of its
 * own, because a terminal signals every process of the group and npm repeats it to its child: the
 * server would take the repetition for a second, impatient Ctrl-C.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<number>} its exit code; 128 + the signal's number when a signal ended it
 */
export function launch(command, args, env = process.env) {
  const child = spawn(command, args, { env, stdio: 'inherit', detached: true });
  const forget = [forwardSignals((signal) => child.kill(signal)), keepDebuggerShut()];
  // npm and npx set this for what they run; elsewhere outliving the shell may be what is wanted.
  if (env['npm_command']) forget.push(onParentGone(() => child.kill('SIGTERM')));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      resolve(code ?? 128 + constants.signals[signal ?? 'SIGHUP']),
    );
  }).finally(() => forget.forEach((stop) => stop()));
}

/**
 * Hands each SIGINT, SIGTERM and SIGHUP of this process on, leaving out repetitions.
 *
 * @param {(signal: NodeJS.Signals) => void} deliver
 * @param {() => number} [now] milliseconds
 * @returns {() => void} stops listening
 */
export function forwardSignals(deliver, now = () => performance.now()) {
  let last = Number.NEGATIVE_INFINITY;
  /** @param {NodeJS.Signals} signal */
  const forward = (signal) => {
    const repeated = now() - last < SAME_PRESS_MS;
    last = now();
    if (!repeated) deliver(signal);
  };
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  return () => {
    for (const signal of signals) process.off(signal, forward);
  };
}

/**
 * Node would open its debugger to every user of the machine at SIGUSR1, if nobody listened to it.
 *
 * @returns {() => void} stops listening
 */
function keepDebuggerShut() {
  const ignore = () => undefined;
  process.on('SIGUSR1', ignore);
  return () => process.off('SIGUSR1', ignore);
}
