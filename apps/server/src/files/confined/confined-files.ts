import { type BigIntStats, open as openCallback } from 'node:fs';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { UnavailableError } from '../../http/app-error.js';
import { FileChangedError, PathNotAllowedError, toFileError } from '../files.errors.js';
import { closeDescriptor, isConfinementPossible, mountIdOf, reopen, statOf } from './descriptor.js';
import { type InodeKey, inodeKey, type InodeSet } from './inode-set.js';
import { isMountOfFiles } from './mounts.js';
import type { NameRules } from './name-rules.js';
import { type PinnedRoot, ROOT_FLAGS, Walk } from './walk.js';
import { WalkGate } from './walk-gate.js';

const openFile = promisify(openCallback);

/** A file or directory, open for reading. Whoever gets it calls `close`, once. */
export interface OpenedFile {
  readonly kind: 'file' | 'directory';
  readonly fd: number;
  readonly stats: BigIntStats;
  readonly mountId: string;
  close(): Promise<void>;
}

export interface ConfinedFilesOptions {
  readonly names: NameRules;
  /** What is never given, whatever it is called. */
  readonly serverFiles: InodeSet;
  /** Whether files with more than one name are given. */
  readonly hardLinks: boolean;
}

/**
 * Opens files below a root and nothing else: what is given is what was looked at, and no link was followed on the
 * way, however fast somebody renames things meanwhile. Linux only.
 */
export class ConfinedFiles {
  readonly names: NameRules;
  readonly #serverFiles: InodeSet;
  readonly #hardLinks: boolean;
  readonly #gate = new WalkGate();

  constructor({ names, serverFiles, hardLinks }: ConfinedFilesOptions) {
    this.names = names;
    this.#serverFiles = serverFiles;
    this.#hardLinks = hardLinks;
  }

  /**
   * Opens a directory that is to stay a root. Links on the way to it are followed, as whoever configured it wrote
   * it so; it must not be one itself.
   *
   * @returns the root; its owner closes `fd`
   * @throws PathNotAllowedError when nothing of it may be given; an error of the system
   */
  async pin(path: string, mounts: boolean): Promise<PinnedRoot> {
    assertPossible();
    const fd = await openFile(path, ROOT_FLAGS);
    try {
      return { ...(await this.#asRoot(fd, mounts)), name: Buffer.from(basename(path)) };
    } catch (error) {
      await closeDescriptor(fd);
      throw error;
    }
  }

  /**
   * Opens a directory below a root as a root of its own, without following links.
   *
   * @returns the root; its owner closes `fd`
   * @throws as {@link ConfinedFiles.open}
   */
  async pinBelow(root: PinnedRoot, names: readonly Buffer[]): Promise<PinnedRoot> {
    const opened = await this.open(root, names);
    if (opened.kind === 'directory') {
      const name = names.at(-1);
      const { fd, mountId } = opened;
      return { fd, mountId, mounts: false, ...(name === undefined ? {} : { name }) };
    }
    await opened.close();
    throw new PathNotAllowedError('special');
  }

  /**
   * Opens what `names` lead to.
   *
   * @throws PathNotAllowedError, NotFoundError, InvalidRequestError, UnavailableError; never one of the system
   */
  async open(root: PinnedRoot, names: readonly Buffer[]): Promise<OpenedFile> {
    assertPossible();
    try {
      return await this.#gate.pass(() => this.#walk(root, names));
    } catch (error) {
      throw toFileError(error);
    }
  }

  /** Whether a file known by `stats` is one that is never given, or not given for having several names. */
  refusalOf(stats: BigIntStats): 'server-file' | 'hard-link' | undefined {
    if (this.#serverFiles.has(inodeKey(stats))) return 'server-file';
    return stats.isFile() && stats.nlink > 1n && !this.#hardLinks ? 'hard-link' : undefined;
  }

  /** Makes {@link ConfinedFiles.refusalOf} know what the server keeps by now. */
  refresh(): void {
    this.#serverFiles.refresh();
  }

  async #walk(root: PinnedRoot, names: readonly Buffer[]): Promise<OpenedFile> {
    const walk = new Walk(root, this.names);
    try {
      const rootStats = await walk.begin();
      for (const [index, name] of names.entries()) {
        await walk.down(name, index === names.length - 1);
      }
      return await this.#give(root, walk, rootStats);
    } catch (error) {
      // Below what is the server's own, not even what is missing is told.
      this.#refuseServerFiles(walk.seen);
      throw error;
    } finally {
      walk.end();
    }
  }

  async #give(root: PinnedRoot, walk: Walk, rootStats: BigIntStats): Promise<OpenedFile> {
    const looked = walk.place ?? { fd: root.fd, stats: rootStats };
    const isDirectory = looked.stats.isDirectory();
    const fd = await reopen(looked.fd, isDirectory);
    try {
      const stats = await statOf(fd);
      if (inodeKey(stats) !== inodeKey(looked.stats)) {
        throw new FileChangedError('The file changed while it was opened; try again.');
      }
      this.#refuseServerFiles(walk.seen);
      const refusal = this.refusalOf(stats);
      if (refusal !== undefined) throw new PathNotAllowedError(refusal);
      return {
        kind: isDirectory ? 'directory' : 'file',
        fd,
        stats,
        mountId: mountIdOf(fd),
        close: () => closeDescriptor(fd),
      };
    } catch (error) {
      await closeDescriptor(fd);
      throw error;
    }
  }

  #refuseServerFiles(seen: readonly InodeKey[]): void {
    if (this.#serverFiles.hasAny(seen)) throw new PathNotAllowedError('server-file');
  }

  async #asRoot(fd: number, mounts: boolean): Promise<PinnedRoot> {
    const mountId = mountIdOf(fd);
    if (!isMountOfFiles(mountId)) throw new PathNotAllowedError('mount');
    this.#refuseServerFiles([inodeKey(await statOf(fd))]);
    return { fd, mountId, mounts };
  }
}

function assertPossible(): void {
  if (isConfinementPossible()) return;
  throw new UnavailableError(
    'Files can be looked at on Linux only: on other systems they cannot be opened without being raced.',
  );
}
