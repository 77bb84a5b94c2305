/**
 * Tells the page where it lives, so that its relative addresses work below any base path.
 *
 * @param basePath `/`, or a path without trailing slash; made of plain characters only
 */
export function withBaseHref(html: string, basePath: string): string {
  const href = basePath === '/' ? '/' : `${basePath}/`;
  return html.replace(/<base\s+href="[^"]*"\s*\/?>/i, `<base href="${href}">`);
}

/**
 * Hands the answer's nonce to Angular and, by it, to everything that makes `<style>` elements.
 *
 * @param nonce made of letters, digits, - and _ only
 */
export function withStyleNonce(html: string, nonce: string): string {
  return html.replace(/<app-root(?=[\s>])/, `<app-root ngCspNonce="${nonce}"`);
}

/** Whether a browser asks for a page to show, and not for a file of one. */
export function isNavigation(method: string, accept: string | undefined): boolean {
  return method === 'GET' && /(?:^|,)\s*text\/html\b/i.test(accept ?? '');
}

/** Whether the path belongs to the HTTP interface, where a page would be a wrong answer. */
export function isApiPath(path: string): boolean {
  return /^\/+(?:api|events|commands)(?:\/|$)/i.test(path);
}

/** Whether the file's name changes with its content (`main-5XQ3KJ2A.js`, `chunk-X__riILQ.js`). */
export function isHashed(file: string): boolean {
  return /-[A-Za-z0-9_-]{8}\.[a-z0-9]+$/.test(file);
}
