/**
 * The `code` of an error of the system (`ENOENT`, `EADDRINUSE`…), undefined when it has none. Asks for
 * the property and not for the class: errors of Node itself are of another `Error` under Jest.
 */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
