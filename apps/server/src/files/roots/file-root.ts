import type { Role } from '#dto';
import type { InodeKey } from '../confined/inode-set.js';
import { type AskedPath, joinPath } from '../confined/path-names.js';
import type { PinnedRoot } from '../confined/walk.js';
import { PathNotAllowedError } from '../files.errors.js';

/** A root while it is used; `release` is called once. */
export interface HeldRoot {
  readonly pinned: PinnedRoot;
  release(): Promise<void>;
}

/** A directory that somebody may look into. */
export interface FileRoot {
  readonly kind: 'configured' | 'session';
  readonly name: string;
  /** Whether files may be put there at all, by who may put files anywhere. */
  readonly takesFiles: boolean;
  /** The names of its path, from `/` on. */
  readonly names: readonly Buffer[];
  /** Who may look into it; absent: everybody it was made for. */
  readonly roles?: readonly Role[];
  /** What it is on the disk, where it is always the same. */
  readonly inode?: InodeKey;
  /** @throws as `ConfinedFiles.open` */
  hold(): Promise<HeldRoot>;
}

/** The same root, but no way into the directories of `closed` below it. */
export function keptOutOf(root: FileRoot, closed: ReadonlySet<InodeKey>): FileRoot {
  const hold = async (): Promise<HeldRoot> => {
    const held = await root.hold();
    return { ...held, pinned: { ...held.pinned, closed } };
  };
  return { ...root, hold };
}

/** A path, as a root and what is below it. */
export interface PlaceBelow {
  readonly root: FileRoot;
  readonly names: readonly Buffer[];
  /** Whether it, or another root around the path, takes files. */
  readonly takesFiles: boolean;
}

/**
 * Finds the root that a path is in: the longest, where several are around it. A relative path is below the first
 * configured root.
 *
 * @throws PathNotAllowedError when it is in none
 */
export function findPlace(
  roots: readonly FileRoot[],
  { isAbsolute, names }: AskedPath,
): PlaceBelow {
  const around = isAbsolute
    ? roots
        .filter((candidate) => isWithin(names, candidate.names))
        .toSorted((a, b) => b.names.length - a.names.length)
    : roots.filter(({ kind }) => kind === 'configured').slice(0, 1);
  const [root] = around;
  if (root === undefined) throw new PathNotAllowedError('outside-roots');
  const takesFiles = around.some((candidate) => candidate.takesFiles);
  return { root, names: isAbsolute ? names.slice(root.names.length) : names, takesFiles };
}

/** The absolute path of a place, as bytes. */
export function pathOf({ root, names }: Pick<PlaceBelow, 'root' | 'names'>): Buffer {
  return joinPath([...root.names, ...names]);
}

function isWithin(names: readonly Buffer[], root: readonly Buffer[]): boolean {
  return root.length <= names.length && root.every((name, at) => names[at]?.equals(name) === true);
}
