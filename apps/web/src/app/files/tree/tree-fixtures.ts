import type { DirectoryEntryView, DirectoryView, FileRootView } from '#dto';
import type { DirectoryState } from './tree-rows';

/** Test only: a place to look into. */
export function aRoot(path: string, more: Partial<FileRootView> = {}): FileRootView {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return { path, name, kind: 'configured', upload: false, ...more };
}

/** Test only: an entry; a name that ends with a slash is a directory's. */
export function anEntry(name: string, more: Partial<DirectoryEntryView> = {}): DirectoryEntryView {
  const isDirectory = name.endsWith('/');
  return {
    name: isDirectory ? name.slice(0, -1) : name,
    kind: isDirectory ? 'directory' : 'file',
    size: 12,
    modified: '2026-01-02T03:04:05.000Z',
    ...more,
  };
}

/** Test only: a directory with entries of these names. */
export function aDirectory(
  path: string,
  names: readonly string[],
  more: Partial<DirectoryView> = {},
): DirectoryView {
  const entries = names.map((name) => anEntry(name));
  return { path, entries, truncated: false, upload: false, ...more };
}

/** Test only: directories as they are known once they were listed. */
export function listed(...views: readonly DirectoryView[]): ReadonlyMap<string, DirectoryState> {
  return new Map(
    views.map((view) => [view.path, { isLoading: false, view, problem: null }] as const),
  );
}
