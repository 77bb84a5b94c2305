const ALLOWED: readonly string[] = ['http:', 'https:', 'mailto:'];

/** Where a link of a program's output may lead: web pages and mail, else null. */
export function linkTarget(uri: string): URL | null {
  const target = URL.parse(uri);
  return target !== null && ALLOWED.includes(target.protocol) ? target : null;
}

/**
 * Opens a link after showing where it leads: the text on screen may say something else. The parsed
 * form is shown, so that look-alike hosts appear as punycode.
 */
export function followLink(uri: string): void {
  const target = linkTarget(uri);
  if (target === null) return;
  if (window.confirm(`Open this link?\n\n${target.href}`)) {
    window.open(target.href, '_blank', 'noopener,noreferrer');
  }
}
