/** One key's effect on a line that echoes, as far as it can be foretold. */
export type Keystroke =
  /** A printable character, one cell wide. */
  | { readonly kind: 'char'; readonly char: string }
  /** Backspace. */
  | { readonly kind: 'erase' }
  /** Anything else: what follows it is a new epoch. */
  | { readonly kind: 'other' };

const BACKSPACE = '\x7f';
const OTHER: Keystroke = { kind: 'other' };

/**
 * What was typed, keystroke by keystroke. An escape sequence is one `other`, whatever follows in the
 * same text; wide and combining characters are `other`, too, as mosh's “unknown print”
 * (terminaloverlay.cc, `new_user_byte`).
 */
export function keystrokes(
  text: string,
  widthOf: (codePoint: number) => number,
): readonly Keystroke[] {
  const strokes: Keystroke[] = [];
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (char === BACKSPACE) strokes.push({ kind: 'erase' });
    else if (code >= 0x20 && widthOf(code) === 1) strokes.push({ kind: 'char', char });
    else strokes.push(OTHER);
    if (char === '\x1b') break;
  }
  return strokes;
}
