import { ApiError } from './api-error';
import type { StreamEnvironment } from './stream-environment';

/** A timer that is later than this says nothing about the other end. */
const LATE_MS = 1_000;
/** What the other end has then to be heard. */
const GRACE_MS = 3_000;

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
      const due = environment.now() + ms;
      cancel = environment.after(ms, () => {
        // The page itself stood still, or the machine slept: what came meanwhile was not taken yet.
        if (environment.now() - due > LATE_MS) {
          limit(GRACE_MS);
          return;
        }
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
