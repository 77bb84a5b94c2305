/**
 * The process's environment. The one place that reads it: everything else gets values, so that nothing
 * of the server's own surroundings reaches tmux by accident.
 */
export function environment(): Readonly<Record<string, string | undefined>> {
  return process.env;
}
