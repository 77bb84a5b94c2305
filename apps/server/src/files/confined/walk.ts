import { type BigIntStats, constants, readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { PathNotAllowedError } from '../files.errors.js';
import { closeLook, lookAt, mountIdOf, selfPath, statOf } from './descriptor.js';
import { type InodeKey, inodeKey } from './inode-set.js';
import { isMountOfFiles } from './mounts.js';
import type { NameRules } from './name-rules.js';

/** Where walks begin: a directory that was opened once and stays the same, whatever its path becomes. */
export interface PinnedRoot {
  readonly fd: number;
  readonly mountId: string;
  /** Whether other file systems may be entered. */
  readonly mounts: boolean;
  /** Directories below it that are roots of others: not a way in for who has only this one. */
  readonly closed?: ReadonlySet<InodeKey>;
  /** What it was called when it was opened; `/` has no name. */
  readonly name?: Buffer;
}

/** A place below a root, by a descriptor that reads nothing. */
export interface Place {
  readonly fd: number;
  readonly stats: BigIntStats;
}

/**
 * One way down from a root, name by name, each opened below the descriptor of the one before. Owns the
 * descriptor of where it is; {@link Walk.end} closes it.
 */
export class Walk {
  readonly #root: PinnedRoot;
  readonly #rules: NameRules;
  readonly #seen: InodeKey[] = [];
  #place: Place | undefined;
  #parent: Buffer | undefined;
  #mountId: string;

  constructor(root: PinnedRoot, rules: NameRules) {
    this.#root = root;
    this.#rules = rules;
    this.#mountId = root.mountId;
    this.#parent = root.name;
  }

  /** Every directory it came through, and where it is. */
  get seen(): readonly InodeKey[] {
    return this.#seen;
  }

  /** Where it is; undefined at the root. */
  get place(): Place | undefined {
    return this.#place;
  }

  /** Counts the root itself among what was come through. */
  async begin(): Promise<BigIntStats> {
    const stats = await statOf(this.#root.fd);
    this.#seen.push(inodeKey(stats));
    return stats;
  }

  /**
   * @param isLast whether a file may be there
   * @throws PathNotAllowedError; an error of the system when nothing is there
   */
  async down(name: Buffer, isLast: boolean): Promise<void> {
    const verdict = this.#rules.judge(name, this.#parent);
    // Before it is looked: whether there are secrets is nobody's business either.
    if (verdict === 'denied-name') throw new PathNotAllowedError('denied-name');
    const next = await this.#look(name, verdict === 'denied-file' && isLast);
    this.end();
    this.#place = next;
    this.#parent = name;
    this.#seen.push(inodeKey(next.stats));
    const { stats, fd } = next;
    if (this.#root.closed?.has(inodeKey(stats)) === true) {
      throw new PathNotAllowedError('outside-roots');
    }
    if (verdict === 'dotfile') throw new PathNotAllowedError('dotfile');
    if (stats.isSymbolicLink()) throw new PathNotAllowedError('symlink');
    if (!stats.isDirectory()) {
      if (!stats.isFile()) throw new PathNotAllowedError('special');
      if (verdict === 'denied-file') throw new PathNotAllowedError('denied-name');
      if (!isLast) throw Object.assign(new Error('not a directory'), { code: 'ENOTDIR' });
    }
    this.#checkMount(fd);
    this.#checkRealName(fd, name);
  }

  end(): void {
    if (this.#place !== undefined) closeLook(this.#place.fd);
    this.#place = undefined;
  }

  async #look(name: Buffer, isHidden: boolean): Promise<Place> {
    let fd: number;
    try {
      fd = await lookAt(this.#place?.fd ?? this.#root.fd, name);
    } catch (error) {
      if (isHidden) throw new PathNotAllowedError('denied-name', error);
      throw error;
    }
    try {
      return { fd, stats: await statOf(fd) };
    } catch (error) {
      closeLook(fd);
      throw error;
    }
  }

  #checkMount(fd: number): void {
    const mountId = mountIdOf(fd);
    if (mountId === this.#mountId) return;
    if (!this.#root.mounts || !isMountOfFiles(mountId)) throw new PathNotAllowedError('mount');
    this.#mountId = mountId;
  }

  /** Where a file system takes several spellings for one name, the one on the disk is judged as well. */
  #checkRealName(fd: number, asked: Buffer): void {
    const real = Buffer.from(
      basename(readlinkSync(selfPath(fd), 'latin1').replace(/ \(deleted\)$/, '')),
      'latin1',
    );
    if (real.equals(asked)) return;
    const verdict = this.#rules.judge(real, undefined);
    if (verdict === 'denied-name' || verdict === 'denied-file') {
      throw new PathNotAllowedError('denied-name');
    }
    if (verdict === 'dotfile') throw new PathNotAllowedError('dotfile');
  }
}

/** How a root is opened. */
export const ROOT_FLAGS = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;
