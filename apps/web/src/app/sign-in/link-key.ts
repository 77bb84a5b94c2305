/** Fragment part that carries a one-time key: `http://HOST:PORT/BASE#key=<key>`. */
const KEY_IN_FRAGMENT = /^#?(?:.*&)?key=([^&]+)/;

/** The one-time key in a URL fragment, or null. */
export function keyInFragment(fragment: string): string | null {
  const found = KEY_IN_FRAGMENT.exec(fragment)?.[1];
  return found === undefined ? null : decode(found);
}

/** The key in what a person pasted: a whole link or the key alone; null when it is neither. */
export function keyInText(text: string): string | null {
  const trimmed = text.trim();
  const hash = trimmed.indexOf('#');
  if (hash >= 0) return keyInFragment(trimmed.slice(hash));
  return /^[\w.~-]+$/.test(trimmed) ? trimmed : null;
}

/** Where to go after signing in: a path of this app, never another origin. */
export function safeReturnPath(next: string | null | undefined): string {
  if (next === undefined || next === null) return '/';
  // A backslash counts as a slash in URLs, so `/\host` would leave the origin.
  return /^\/(?![/\\])/.test(next) && !next.startsWith('/sign-in') ? next : '/';
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray `%` is no encoding: the server judges the key as it stands.
    return text;
  }
}
