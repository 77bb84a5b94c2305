/** Longest name of a person or group that is taken from outside, in characters. */
export const VOUCHED_NAME_MAX = 256;

/**
 * Name of a person or group as a proxy or provider gives it: NFC, without blanks at its ends, at most
 * {@link VOUCHED_NAME_MAX} characters. Controls, formats (bidi, zero width), line separators and lone
 * surrogates are refused, because two names that look alike must not be two people.
 *
 * @returns undefined when it is no name
 */
export function vouchedName(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  const name = text.normalize('NFC').trim();
  const isName =
    name !== '' &&
    name.length <= VOUCHED_NAME_MAX &&
    !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(name);
  return isName ? name : undefined;
}
