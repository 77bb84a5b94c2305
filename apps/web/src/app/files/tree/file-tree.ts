import { computed, inject, Service, signal } from '@angular/core';
import type { DirectoryView, FileRootView } from '#dto';
import { fileProblem } from '../places/file-problem';
import { crumbsOf, isWithin, parentPath, refKey } from '../places/file-ref';
import type { FileRef } from '../places/file-ref';
import { FilesApi } from '../places/files-api';
import { treeRows } from './tree-rows';
import type { DirectoryState, EntryRow } from './tree-rows';

/** Directories that are remembered; past it those that are closed are forgotten. */
const DIRECTORIES_MAX = 500;

/** What became of {@link FileTree.reveal}: `absent` below every root, or gone; `overtaken` by another. */
export type Revealed = 'shown' | 'absent' | 'overtaken';

/** What is open and chosen in the file panel's tree; directories are listed when they are opened. */
@Service({ autoProvided: false })
export class FileTree {
  private readonly api = inject(FilesApi);

  private readonly shownRoots = signal<readonly FileRootView[]>([]);
  private readonly directories = signal<ReadonlyMap<string, DirectoryState>>(new Map());
  private readonly expanded = signal<ReadonlySet<string>>(new Set());
  private readonly chosen = signal<string | null>(null);
  /** Which listing of a directory is the latest: an older answer must not replace a newer one. */
  private readonly latest = new Map<string, number>();
  /** Listings under way, so that whoever waits for the same one does not ask again. */
  private readonly pending = new Map<string, Promise<void>>();
  private listings = 0;
  private reveals = 0;

  readonly rows = computed(() =>
    treeRows({
      roots: this.shownRoots(),
      directories: this.directories(),
      expanded: this.expanded(),
    }),
  );
  /** Those that keys can go to. */
  readonly entries = computed(() =>
    this.rows().filter((row): row is EntryRow => row.type !== 'note'),
  );
  /** The chosen row; null when there is none, or no more. */
  readonly selected = computed(() => {
    const key = this.chosen();
    return this.entries().find((row) => row.key === key) ?? null;
  });
  /** The directory that the chosen row is, or lies in. */
  readonly directory = computed<EntryRow | null>(() => {
    const selected = this.selected();
    if (selected === null || selected.isDirectory) return selected;
    return this.parentOf(selected);
  });

  setRoots(roots: readonly FileRootView[]): void {
    this.shownRoots.set(roots);
  }

  select(row: EntryRow): void {
    this.reveals++;
    this.chosen.set(row.key);
  }

  /** Opens or closes a directory. */
  toggle(row: EntryRow): void {
    if (row.isExpanded) this.collapse(row);
    else void this.expand(row);
  }

  collapse(row: EntryRow): void {
    this.expanded.update((keys) => new Set([...keys].filter((key) => key !== row.key)));
  }

  /** Opens a directory and lists it. What was listed before is shown until the answer is here. */
  async expand(row: EntryRow): Promise<void> {
    if (!row.isDirectory) return;
    this.expanded.update((keys) => new Set([...keys, row.key]));
    await (this.pending.get(refKey(row.ref)) ?? this.list(row.ref));
  }

  /** Lists all open directories anew. */
  async refresh(): Promise<void> {
    const open = this.entries().filter((row) => row.isExpanded);
    const refs = new Map(open.map(({ ref }) => [refKey(ref), ref]));
    await Promise.all([...refs.values()].map((ref) => this.list(ref)));
  }

  /** Lists one directory anew. */
  list(ref: FileRef): Promise<void> {
    const key = refKey(ref);
    const listing = this.ask(ref, key).finally(() => {
      if (this.pending.get(key) === listing) this.pending.delete(key);
    });
    this.pending.set(key, listing);
    return listing;
  }

  private async ask(ref: FileRef, key: string): Promise<void> {
    const turn = ++this.listings;
    this.latest.set(key, turn);
    this.update(key, { isLoading: true });
    let result: Partial<DirectoryState>;
    try {
      result = { view: await this.api.directory(ref), problem: null };
    } catch (error) {
      result = { view: null, problem: fileProblem(error) };
    }
    if (this.latest.get(key) === turn) this.update(key, { ...result, isLoading: false });
  }

  /** What is known of a directory; undefined before it was listed. */
  viewOf(ref: FileRef): DirectoryView | undefined {
    return this.directories().get(refKey(ref))?.view ?? undefined;
  }

  /** Opens what is above a path, and itself, and chooses it. */
  async reveal(path: string): Promise<Revealed> {
    const turn = ++this.reveals;
    const root = nearestRoot(this.shownRoots(), path);
    if (root === null) return 'absent';
    for (const crumb of crumbsOf(root.path, path)) {
      const row = this.entries().find(
        (candidate) => candidate.root === root && candidate.ref.path === crumb.path,
      );
      if (turn !== this.reveals) return 'overtaken';
      if (row === undefined) return 'absent';
      this.chosen.set(row.key);
      if (row.isDirectory && (!row.isExpanded || row.isLoading)) await this.expand(row);
    }
    return 'shown';
  }

  parentOf(row: EntryRow): EntryRow | null {
    if (row.type === 'root') return null;
    const path = parentPath(row.ref.path);
    const at = this.entries().indexOf(row);
    const above = this.entries().slice(0, Math.max(0, at));
    return above.findLast(({ depth, ref }) => depth === row.depth - 1 && ref.path === path) ?? null;
  }

  private update(key: string, change: Partial<DirectoryState>): void {
    this.directories.update((all) => {
      const before = all.get(key) ?? { isLoading: false, view: null, problem: null };
      const next = new Map(all).set(key, { ...before, ...change });
      return next.size > DIRECTORIES_MAX ? this.onlyOpen(next, key) : next;
    });
  }

  private onlyOpen(
    all: ReadonlyMap<string, DirectoryState>,
    current: string,
  ): ReadonlyMap<string, DirectoryState> {
    const open = new Set([...this.expanded()].map((key) => key.slice(key.indexOf('\n') + 1)));
    return new Map([...all].filter(([key]) => open.has(key) || key === current));
  }
}

/** The root closest above a path. */
function nearestRoot(roots: readonly FileRootView[], path: string): FileRootView | null {
  const above = roots.filter((root) => isWithin(path, root.path));
  return above.sort((a, b) => b.path.length - a.path.length)[0] ?? null;
}
