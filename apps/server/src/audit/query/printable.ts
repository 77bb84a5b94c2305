/** What moves the cursor, starts an escape sequence, ends a line, turns the reading direction or is half a character. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Nearly all text, which need not be looked at character by character. */
const ASCII = /^[ -~]*$/;

/** Text that others chose, for a terminal or a table: what is no visible character as `\u{1b}`. */
export function printable(text: string): string {
  if (ASCII.test(text)) return text;
  return text.replace(
    UNPRINTABLE,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
