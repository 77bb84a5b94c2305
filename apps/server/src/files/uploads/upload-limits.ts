import { RateLimitedError } from '../../http/app-error.js';
import type { Upload } from './upload-store.js';

/** Uploads of one person that are not whole yet. */
export const UNFINISHED_MAX = 16;
/** Bytes that these have, or will have, in all; a single upload that is larger is taken when it is the only one. */
export const UNFINISHED_MAX_BYTES = 1024 * 1024 * 1024;
/** How long an upload waits for its next piece. */
export const UPLOAD_EXPIRES_MS = 24 * 60 * 60 * 1_000;
/** How often it is looked for those that waited too long. */
export const CLEAN_EVERY_MS = 60 * 60 * 1_000;
/** How long nobody wrote to a file under its temporary name, so that nobody does now. */
export const LEFTOVER_MS = CLEAN_EVERY_MS;
/** When to come back: as soon as another upload has ended, which nobody knows. */
const RETRY_SECONDS = 60;

/**
 * @param unfinished the person's own
 * @throws RateLimitedError when one of `size` bytes more would be too much
 */
export function assertRoomFor(size: number, unfinished: readonly Upload[]): void {
  if (unfinished.length === 0) return;
  if (unfinished.length >= UNFINISHED_MAX) {
    throw new RateLimitedError(
      `You have ${UNFINISHED_MAX} unfinished uploads. Finish or cancel one of them.`,
      RETRY_SECONDS,
    );
  }
  const bytes = unfinished.reduce((sum, upload) => sum + upload.size, size);
  if (bytes > UNFINISHED_MAX_BYTES) {
    throw new RateLimitedError(
      'Your unfinished uploads are too large together. Finish or cancel one of them.',
      RETRY_SECONDS,
    );
  }
}

/** When an upload is taken away unless more of it comes. */
export function expiryOf({ touchedMs }: Pick<Upload, 'touchedMs'>): Date {
  return new Date(touchedMs + UPLOAD_EXPIRES_MS);
}
