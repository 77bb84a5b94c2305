/** Longest a shutdown may take before the process ends anyway. */
const SHUTDOWN_MAX_MS = 9_000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Ends the process when it is told to: the first signal runs `close` and exits 0 (1 when it failed or
 * took too long), the second exits at once.
 */
export function exitOnSignals(close: () => Promise<void>): void {
  let isClosing = false;
  for (const signal of SIGNALS) {
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
