import { InvalidRequestError } from '../../http/app-error.js';

export const PASSWORD_MIN_LENGTH = 12;
export const PASSWORD_MAX_LENGTH = 256;

/**
 * One text for one password, however the keyboard made it: NFC (RFC 8265 §4.2), nothing cut off. The
 * same here for setting and for signing in.
 *
 * @returns undefined for what no password can be: with NUL or half a surrogate pair, or too long
 */
export function normalPassword(typed: string): string | undefined {
  if (typed.includes('\0') || /\p{Cs}/u.test(typed)) return undefined;
  const password = typed.normalize('NFC');
  return lengthOf(password) > PASSWORD_MAX_LENGTH ? undefined : password;
}

/**
 * A password that somebody chose (NIST SP 800-63B §5.1.1: length, and no rules of composition).
 *
 * @returns it in NFC
 * @throws InvalidRequestError that says what is wrong with it, without it
 */
export function checkNewPassword(typed: string): string {
  const password = normalPassword(typed);
  if (password === undefined || lengthOf(password) < PASSWORD_MIN_LENGTH) {
    throw new InvalidRequestError(
      `A password has ${String(PASSWORD_MIN_LENGTH)} to ${String(PASSWORD_MAX_LENGTH)} characters, any but NUL.`,
    );
  }
  return password;
}

function lengthOf(text: string): number {
  return Array.from(text).length;
}
