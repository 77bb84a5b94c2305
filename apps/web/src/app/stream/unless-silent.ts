import { ApiError } from './api-error';
import type { StreamEnvironment } from './stream-environment';

/**
 * What `pending` resolves with, unless nothing comes for `silenceMs`: then the request is given up.
 * @throws ApiError `unavailable` after the silence
 */
export async function unlessSilent<T>(
  environment: StreamEnvironment,
  given: { readonly silenceMs: number; readonly abort: AbortController },
  pending: Promise<T>,
): Promise<T> {
  let cancel: () => void = () => undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    cancel = environment.after(given.silenceMs, () => {
      reject(new ApiError('The connection went silent', { status: 0, code: 'unavailable' }));
      given.abort.abort();
    });
  });
  try {
    return await Promise.race([pending, silence]);
  } finally {
    cancel();
  }
}
