import type { FileRef } from './file-ref';

/** What a terminal would act on instead of showing it: C0, DEL and C1. */
const CONTROL = /\p{Cc}/u;

/**
 * A word for a POSIX shell and fish, whatever is in it. Quotes and backslashes stand outside of the quotes, each
 * behind a backslash: between them, a backslash is one for a POSIX shell, and an escape for fish.
 */
export function shellQuote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replace(/['\\]/g, String.raw`'\$&'`)}'`;
}

/** Why a path cannot be typed into a terminal, for people; null: it can. */
export function untypeable({ path, path64 }: FileRef): string | null {
  if (path64 !== undefined) return 'Its name is no UTF-8, so it cannot be typed.';
  if (CONTROL.test(path)) return 'Its name has control characters, so it cannot be typed safely.';
  return null;
}
