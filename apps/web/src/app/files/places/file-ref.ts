/** A file or directory on the server, as its routes are asked for it. */
export interface FileRef {
  /** Absolute; bytes that are no UTF-8 are U+FFFD. */
  readonly path: string;
  /** The same in base64url when `path` is not all of it. */
  readonly path64?: string;
}

/** One step of a path, for breadcrumbs. */
export interface Crumb {
  readonly name: string;
  readonly path: string;
}

/** What tells two of them apart. */
export function refKey({ path, path64 }: FileRef): string {
  return path64 === undefined ? path : `64:${path64}`;
}

/** The query that asks for it: by its bytes where its name is no text. */
export function refQuery({ path, path64 }: FileRef): string {
  return path64 === undefined
    ? `path=${encodeURIComponent(path)}`
    : `path64=${encodeURIComponent(path64)}`;
}

/** What is in a directory: below one whose name is no text every path is known by its bytes only. */
export function childRef(
  directory: FileRef,
  entry: { readonly name: string; readonly path64?: string },
): FileRef {
  const path = joinPath(directory.path, entry.name);
  if (entry.path64 !== undefined) return { path, path64: entry.path64 };
  if (directory.path64 === undefined) return { path };
  const bytes = [...fromBase64Url(directory.path64), ...new TextEncoder().encode(`/${entry.name}`)];
  return { path, path64: toBase64Url(bytes) };
}

export function joinPath(directory: string, name: string): string {
  return directory.endsWith('/') ? directory + name : `${directory}/${name}`;
}

/** The directory it lies in; of `/` itself. */
export function parentPath(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf('/')));
}

/** The last name of a path; `/` of the root. */
export function lastName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1) || '/';
}

/** Whether a path is a directory or lies below it. */
export function isWithin(path: string, directory: string): boolean {
  return path === directory || path.startsWith(directory === '/' ? '/' : `${directory}/`);
}

/** The directories from a root down to a path, both included; empty when it is not below the root. */
export function crumbsOf(root: string, path: string): readonly Crumb[] {
  if (!isWithin(path, root)) return [];
  const crumbs = [{ name: lastName(root), path: root }];
  for (const name of path.slice(root.length).split('/').filter(Boolean)) {
    const above = crumbs.at(-1)?.path ?? root;
    crumbs.push({ name, path: joinPath(above, name) });
  }
  return crumbs;
}

/** A path as seen from a directory: `./a`, `../b`; never anything a program takes for an option. */
export function relativePath(from: string, path: string): string {
  const start = from.split('/').filter(Boolean);
  const goal = path.split('/').filter(Boolean);
  let same = 0;
  while (same < start.length && start[same] === goal[same]) same++;
  const up = start.slice(same).map(() => '..');
  const parts = [...up, ...goal.slice(same)];
  if (parts.length === 0) return '.';
  return up.length === 0 ? `./${parts.join('/')}` : parts.join('/');
}

function fromBase64Url(text: string): Uint8Array {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function toBase64Url(bytes: readonly number[]): string {
  const binary = String.fromCharCode(...bytes);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
