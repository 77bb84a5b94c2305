import { type BigIntStats, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** How old a directory's last change must be, so that another in the same tick of the clock would have shown. */
const SETTLED_MS = 2_000;
/** How deep below a directory it is looked for what is in it. */
const DEPTH_MAX = 16;

/** What tells one file from all others, whatever it is called: device and inode. */
export type InodeKey = string;

export function inodeKey({ dev, ino }: Pick<BigIntStats, 'dev' | 'ino'>): InodeKey {
  return `${dev}:${ino}`;
}

interface KnownDirectory {
  readonly ino: bigint;
  readonly changedNs: bigint;
  readonly isSettled: boolean;
  readonly files: readonly InodeKey[];
  readonly directories: readonly string[];
}

/**
 * Files and directories known by what they are and not by their names, so that hard links, bind mounts and other
 * spellings of them are known as well. Asks the disk each time, but reads only directories that have changed.
 */
export class InodeSet {
  readonly #paths: readonly string[];
  readonly #trees: readonly string[];
  readonly #known = new Map<string, KnownDirectory>();
  #keys: ReadonlySet<InodeKey> = new Set();

  /**
   * @param paths files; what is missing now may be there later
   * @param trees directories that count with all they hold
   */
  constructor(paths: readonly string[], trees: readonly string[]) {
    this.#paths = paths;
    this.#trees = trees;
  }

  /** Looks again, and then tells whether one of `keys` is in the set. */
  hasAny(keys: readonly InodeKey[]): boolean {
    this.refresh();
    return keys.some((key) => this.#keys.has(key));
  }

  /** As it was at the last {@link refresh}. */
  has(key: InodeKey): boolean {
    return this.#keys.has(key);
  }

  refresh(): void {
    const keys = new Set<InodeKey>();
    for (const path of this.#paths) {
      const stats = look(path);
      if (stats !== undefined) keys.add(inodeKey(stats));
    }
    for (const tree of this.#trees) this.#addTree(tree, keys, DEPTH_MAX);
    this.#keys = keys;
  }

  #addTree(path: string, keys: Set<InodeKey>, depth: number): void {
    const stats = look(path);
    if (stats === undefined) return;
    keys.add(inodeKey(stats));
    if (!stats.isDirectory() || depth === 0) return;
    const { files, directories } = this.#contentsOf(path, stats);
    for (const key of files) keys.add(key);
    for (const directory of directories) this.#addTree(directory, keys, depth - 1);
  }

  #contentsOf(path: string, { ino, mtimeNs, ctimeNs }: BigIntStats): KnownDirectory {
    const changedNs = mtimeNs > ctimeNs ? mtimeNs : ctimeNs;
    const known = this.#known.get(path);
    if (known?.isSettled === true && known.ino === ino && known.changedNs === changedNs) {
      return known;
    }
    const ageMs = Date.now() - Number(changedNs / 1_000_000n);
    const files: InodeKey[] = [];
    const directories: string[] = [];
    for (const name of namesIn(path)) {
      const child = join(path, name);
      const stats = look(child);
      if (stats === undefined) continue;
      files.push(inodeKey(stats));
      if (stats.isDirectory()) directories.push(child);
    }
    const read = { ino, changedNs, isSettled: ageMs > SETTLED_MS, files, directories };
    this.#known.set(path, read);
    return read;
  }
}

function look(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined; // What tmuxy itself cannot reach, nobody reaches through it.
  }
}

function namesIn(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return []; // Gone meanwhile, or not readable: then for nobody here.
  }
}
