import { once } from 'node:events';
import { errorCode } from '../config/error-code.js';

/** Whoever read the output has enough: `tmuxy audit export | head`. Ends the command without a word. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed';
}

/** Resolves when there is room for more. */
export type Print = (text: string | Uint8Array) => Promise<void>;

/**
 * Runs `work` with what prints to standard output as fast as its reader takes it. Ends quietly when the reader
 * goes away, which also aborts `signal`.
 */
export async function printing(
  work: (print: Print, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const gone = new AbortController();
  const { stdout } = process;
  const onError = (error: unknown): void => {
    gone.abort(errorCode(error) === 'EPIPE' ? new OutputClosed() : error);
  };
  stdout.on('error', onError);
  try {
    await work(async (text) => {
      gone.signal.throwIfAborted();
      if (!stdout.write(text)) await once(stdout, 'drain', { signal: gone.signal });
    }, gone.signal);
  } catch (error) {
    if (!(gone.signal.reason instanceof OutputClosed)) throw error;
  } finally {
    stdout.off('error', onError);
  }
}
