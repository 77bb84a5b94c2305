import type { IncomingHttpHeaders } from 'node:http';
import { ForbiddenError } from '../app-error.js';
import { OriginNotAllowedError } from './edge.errors.js';

/** What the check needs to know of a request. */
export interface OriginRequest {
  readonly method: string;
  /** Below the base path, without query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** `foreign` is a page of a listed `corsOrigins`: its `Authorization` counts, nothing the browser adds does. */
export type Sender = 'own' | 'foreign';

/**
 * Whose page sends a request (Fetch Metadata, RFC 6454), refused when it is a stranger's. What reaches us
 * from another site may only be a person who follows a link to a page of ours. Neither header: no browser
 * that would send our cookie along from another site (SameSite=Strict), so a program.
 *
 * @param isOwn whether an origin is ours
 * @param isListed whether an origin is one of `corsOrigins`
 * @throws OriginNotAllowedError, ForbiddenError
 */
export function senderOf(
  request: OriginRequest,
  isOwn: (origin: string) => boolean,
  isListed: (origin: string) => boolean,
): Sender {
  const { headers } = request;
  const { origin } = headers;
  if (isPrefetch(headers) && isInterface(request.path)) {
    throw new ForbiddenError('This is not fetched ahead of time.');
  }
  if (origin !== undefined && !isOwn(origin)) {
    if (!isListed(origin)) throw foreignOrigin();
    // Browsers keep a cookie that such a page has them ask for, whether or not the page may read the answer.
    if (isSignIn(request.path)) {
      throw new OriginNotAllowedError(
        'A page of another origin signs nobody in or out here: it sends an access token.',
      );
    }
    return 'foreign';
  }
  const site = single(headers['sec-fetch-site']);
  if (site === undefined || site === 'same-origin') return 'own';
  const isReading = request.method === 'GET' || request.method === 'HEAD';
  // `none`: typed into the address bar, a bookmark.
  if (site === 'none' && isReading) return 'own';
  if (isReading && isNavigation(headers) && mayBeLinked(request.path)) return 'own';
  throw foreignOrigin();
}

/** Pages, and where an OpenID provider sends people back to; never what answers with data. */
function mayBeLinked(path: string): boolean {
  return !isInterface(path) || /^\/api\/sign-in\/oidc(?:\/|$)/.test(path);
}

function isSignIn(path: string): boolean {
  return /^\/+api\/+sign-(?:in|out)(?:\/|$)/i.test(path);
}

function isInterface(path: string): boolean {
  return /^\/+(?:api|events|commands)(?:\/|$)/i.test(path);
}

/** A whole page in a tab; not a frame, an object or something fetched. */
function isNavigation(headers: IncomingHttpHeaders): boolean {
  return (
    single(headers['sec-fetch-mode']) === 'navigate' &&
    single(headers['sec-fetch-dest']) === 'document'
  );
}

function isPrefetch(headers: IncomingHttpHeaders): boolean {
  return ['sec-purpose', 'purpose', 'x-moz'].some((name) =>
    /\b(?:prefetch|prerender)\b/i.test(String(headers[name] ?? '')),
  );
}

function single(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function foreignOrigin(): OriginNotAllowedError {
  return new OriginNotAllowedError(
    "This request comes from another site's page. If it is yours, list the address the browser shows " +
      "in 'publicOrigins', or that page's in 'corsOrigins'.",
  );
}
