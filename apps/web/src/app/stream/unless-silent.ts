import { ApiError } from './api-error';
import type { StreamEnvironment } from './stream-environment';

export interface SilenceLimit {
  readonly silenceMs: number;
  readonly abort: AbortController;
  /** Given a way to set another limit, counted from when it is called. */
  readonly onWaiting?: (limit: (ms: number) => void) => void;
}

/**
 * What `pending` resolves with, unless nothing comes for `silenceMs`: then the request is given up.
 * @throws ApiError `unavailable` after the silence
 */
export async function unlessSilent<T>(
  environment: StreamEnvironment,
  given: SilenceLimit,
  pending: Promise<T>,
): Promise<T> {
  let cancel: () => void = () => undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    const limit = (ms: number): void => {
      cancel();
      cancel = environment.after(ms, () => {
        reject(new ApiError('The connection went silent', { status: 0, code: 'unavailable' }));
        given.abort.abort();
      });
    };
    limit(given.silenceMs);
    given.onWaiting?.(limit);
  });
  try {
    return await Promise.race([pending, silence]);
  } finally {
    cancel();
    given.onWaiting?.(() => undefined);
  }
}
