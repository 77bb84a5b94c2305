import inspector from 'node:inspector';
import { CliError } from './cli.errors.js';

/** Longest a shutdown may take before the process ends anyway. */
const SHUTDOWN_MAX_MS = 9_000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Ends the process when it is told to: the first signal runs `close` and exits 0 (1 when it failed or
 * took too long), the second exits at once.
 *
 * @param reload what `SIGHUP` does instead, where there is something to reload; on a terminal it still ends the
 *   process, because there it means that the terminal was closed
 */
export function exitOnSignals(
  close: () => Promise<void>,
  reload?: () => void,
  isOnTerminal = process.stdin.isTTY,
): void {
  let isClosing = false;
  for (const signal of SIGNALS) {
    if (signal === 'SIGHUP' && reload !== undefined && !isOnTerminal) {
      process.on(signal, reload);
      continue;
    }
    process.on(signal, () => {
      if (isClosing) process.exit(1);
      isClosing = true;
      setTimeout(() => process.exit(1), SHUTDOWN_MAX_MS).unref();
      close().then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`tmuxy: the shutdown failed: ${String(error)}\n`);
          process.exit(1);
        },
      );
    });
  }
}

/**
 * Node answers `SIGUSR1` by opening its debugger on a port of loopback, where every user of the machine could
 * run what they like as us. A signal that somebody listens to is left alone.
 */
export function keepDebuggerShut(): void {
  process.on('SIGUSR1', () => undefined);
}

/** @throws CliError when the debugger was opened by `--inspect`, here or in `NODE_OPTIONS` */
export function refuseDebugger(address = inspector.url()): void {
  if (address === undefined) return;
  throw new CliError(
    'The debugger of Node is open, through which every user of this machine could run what they like as you. Start without --inspect, also in NODE_OPTIONS.',
  );
}
