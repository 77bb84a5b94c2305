/** Origin that is nobody's (RFC 6761 §6.4): what leaves it would leave ours. */
const NOWHERE = 'http://tmuxy.invalid';
/** The HTTP interface: a browser that is sent there shows JSON, or opens a stream. */
const NO_PAGE = /^\/(?:api|events|commands)(?:\/|$)/i;

/**
 * Where a browser goes after signing in: a page of our app, whatever was asked for.
 *
 * @param asked path with query and fragment as in the address bar, base path in front
 * @param basePath `/`, or a path without trailing slash
 * @returns such a path, normalised; the app's first page for everything else
 */
export function safeReturnPath(asked: string | undefined, basePath: string): string {
  const first = basePath === '/' ? '/' : `${basePath}/`;
  // Browsers read `\` as `/`, and drop tabs and line ends before they look.
  if (asked === undefined || !asked.startsWith('/') || /[\\\p{Cc}]/u.test(asked)) return first;
  const url = URL.parse(asked, NOWHERE);
  if (url?.origin !== NOWHERE || url.username !== '' || url.password !== '') return first;
  const { pathname, search, hash } = url;
  // Dot segments are resolved by now; `//host` as a path would be read as a host again.
  if (!pathname.startsWith(first) || pathname.includes('//')) return first;
  return NO_PAGE.test(pathname.slice(first.length - 1)) ? first : pathname + search + hash;
}

/**
 * The sign-in page with what went wrong, and where to go after another try.
 *
 * @param returnPath of {@link safeReturnPath}
 */
export function signInPage(problem: string, returnPath: string, basePath: string): string {
  const base = basePath === '/' ? '' : basePath;
  const query = new URLSearchParams({ error: problem });
  // The page's router knows no base path.
  const next = returnPath.slice(base.length);
  if (next !== '/') query.set('next', next);
  return `${base}/sign-in?${query.toString()}`;
}
