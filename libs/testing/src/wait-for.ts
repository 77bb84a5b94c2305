/** Tunes {@link waitFor}. */
export interface WaitOptions {
  /** How long until it gives up; 5 s when absent. */
  readonly timeoutMs?: number;
  /** What is waited for, to complete "timed out after 5000 ms waiting for …". */
  readonly what?: string;
}

const POLL_MS = 10;

/**
 * Polls `condition` until it gives something truthy, and returns that.
 *
 * @throws Error naming what was waited for, and the last error of the condition when it threw.
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  { timeoutMs = 5_000, what = condition.toString() }: WaitOptions = {},
): Promise<NonNullable<T>> {
  const deadline = Date.now() + timeoutMs;
  let lastError: unknown;
  for (;;) {
    try {
      const value = await condition();
      lastError = undefined;
      if (value) return value;
    } catch (error) {
      // A condition may fail until the thing it looks at is there; the last failure is reported.
      lastError = error;
    }
    if (Date.now() >= deadline) {
      throw new Error(`timed out after ${timeoutMs} ms waiting for ${what}`, { cause: lastError });
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
