/**
 * Whether a session's name fits a pattern: `*` stands for any characters, `?` for one, everything else
 * for itself. Without regular expressions, so that no pattern can be slow.
 */
export function fitsPattern(name: string, pattern: string): boolean {
  const text = Array.from(name);
  const wanted = Array.from(pattern);
  let at = 0;
  let want = 0;
  // Where the last `*` was, and how much it has taken so far.
  let star = -1;
  let taken = 0;
  while (at < text.length) {
    if (wanted[want] === '*') {
      star = want++;
      taken = at;
    } else if (want < wanted.length && (wanted[want] === '?' || wanted[want] === text[at])) {
      at++;
      want++;
    } else if (star >= 0) {
      want = star + 1;
      at = ++taken;
    } else {
      return false;
    }
  }
  while (wanted[want] === '*') want++;
  return want === wanted.length;
}
