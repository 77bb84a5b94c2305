/** C0 controls have pictures of their own from here on; DEL has one, too. */
const CONTROL_PICTURES = 0x2400;
const DELETE_PICTURE = '\u2421';
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/u;

/**
 * The first `max` characters of a text that people have to judge: nothing is hidden, controls are shown
 * as their pictures and what else would not be seen as its code point.
 */
export function visibleText(text: string, max: number): string {
  // A code unit at most per character: enough to cut from.
  const characters = Array.from(text.slice(0, 2 * max + 2));
  const shown = characters.slice(0, max).map(visible).join('');
  return characters.length > max ? `${shown}…` : shown;
}

function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(CONTROL_PICTURES + code);
  if (code === 0x7f) return DELETE_PICTURE;
  return UNSEEN.test(character) ? `\\u{${code.toString(16)}}` : character;
}
