import type { DirectoryEntryView, DirectoryView, FileRootView } from '#dto';
import { childRef, refKey } from '../places/file-ref';
import type { FileRef } from '../places/file-ref';

/** What is known of a directory. While it is loaded anew the old view stays. */
export interface DirectoryState {
  readonly isLoading: boolean;
  readonly view: DirectoryView | null;
  /** Why it could not be listed, for people. */
  readonly problem: string | null;
}

/** A line of the tree that can be chosen: a root, or an entry of a directory. */
export interface EntryRow {
  readonly type: 'root' | 'entry';
  readonly key: string;
  readonly ref: FileRef;
  readonly name: string;
  readonly depth: number;
  readonly root: FileRootView;
  /** Absent of roots. */
  readonly entry?: DirectoryEntryView;
  readonly isDirectory: boolean;
  readonly isExpanded: boolean;
  readonly isLoading: boolean;
  /** Its place among its siblings, from 1, and how many they are. */
  readonly position: number;
  readonly setSize: number;
}

/** A line that says something about the directory above it. */
export interface NoteRow {
  readonly type: 'note';
  readonly key: string;
  readonly ref: FileRef;
  readonly depth: number;
  readonly text: string;
  /** Whether listing it again may help. */
  readonly isFailure: boolean;
}

export type TreeRow = EntryRow | NoteRow;

export interface TreeState {
  readonly roots: readonly FileRootView[];
  /** By {@link refKey}. */
  readonly directories: ReadonlyMap<string, DirectoryState>;
  /** Keys of rows. */
  readonly expanded: ReadonlySet<string>;
}

/** The key of a row: the same directory may be seen below two roots. */
export function rowKey(root: FileRootView, ref: FileRef): string {
  return `${root.kind} ${root.path}\n${refKey(ref)}`;
}

/** The open part of the tree, line by line. */
export function treeRows(state: TreeState): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  state.roots.forEach((root, index) => {
    const ref: FileRef = { path: root.path };
    const key = rowKey(root, ref);
    const isExpanded = state.expanded.has(key);
    rows.push({
      type: 'root',
      key,
      ref,
      name: root.name,
      depth: 0,
      root,
      isDirectory: true,
      isExpanded,
      isLoading: isExpanded && isLoading(state, ref),
      position: index + 1,
      setSize: state.roots.length,
    });
    if (isExpanded) addBelow(rows, state, root, ref, 1);
  });
  return rows;
}

function addBelow(
  rows: TreeRow[],
  state: TreeState,
  root: FileRootView,
  directory: FileRef,
  depth: number,
): void {
  const known = state.directories.get(refKey(directory));
  const entries = known?.view?.entries ?? [];
  entries.forEach((entry, index) => {
    const ref = childRef(directory, entry);
    const key = rowKey(root, ref);
    const isDirectory = entry.kind === 'directory' && entry.blocked === undefined;
    const isExpanded = isDirectory && state.expanded.has(key);
    rows.push({
      type: 'entry',
      key,
      ref,
      name: entry.name,
      depth,
      root,
      entry,
      isDirectory,
      isExpanded,
      isLoading: isExpanded && isLoading(state, ref),
      position: index + 1,
      setSize: entries.length,
    });
    if (isExpanded) addBelow(rows, state, root, ref, depth + 1);
  });
  const note = noteOf(known);
  if (note === null) return;
  const key = `${rowKey(root, directory)}\nnote`;
  rows.push({ type: 'note', key, ref: directory, depth, ...note });
}

function noteOf(
  known: DirectoryState | undefined,
): { readonly text: string; readonly isFailure: boolean } | null {
  const problem = known?.problem ?? null;
  if (problem !== null) return { text: problem, isFailure: true };
  const view = known?.view ?? null;
  if (view === null) return { text: 'Loading…', isFailure: false };
  const { entries, truncated } = view;
  if (truncated) {
    const count = entries.length.toLocaleString('en');
    return { text: `Only the first ${count} are shown; there are more.`, isFailure: false };
  }
  return entries.length === 0 ? { text: 'Empty', isFailure: false } : null;
}

function isLoading({ directories }: TreeState, ref: FileRef): boolean {
  return directories.get(refKey(ref))?.isLoading ?? false;
}
