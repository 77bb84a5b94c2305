import { posix } from 'node:path';
import { Logger } from '@nestjs/common';
import { errorCode } from '../../config/error-code.js';
import type { FileRootSection } from '../../config/files-section.js';
import type { ConfinedFiles } from '../confined/confined-files.js';
import { closeDescriptor, statOf } from '../confined/descriptor.js';
import { inodeKey } from '../confined/inode-set.js';
import { parsePath } from '../confined/path-names.js';
import { PathNotAllowedError } from '../files.errors.js';
import type { FileRoot } from './file-root.js';

/** The roots of the configuration, opened once: what is put in their place later is not what was meant. */
export class ConfiguredRoots {
  readonly #logger = new Logger('Files');
  readonly #files: ConfinedFiles;
  #roots: readonly FileRoot[] = [];
  #open: readonly number[] = [];

  constructor(files: ConfinedFiles) {
    this.#files = files;
  }

  /** Those that could be opened, in their order. */
  get all(): readonly FileRoot[] {
    return this.#roots;
  }

  /** What cannot be opened is said in the log, and is no root until the next start. */
  async open(sections: readonly FileRootSection[]): Promise<void> {
    for (const section of sections) {
      try {
        await this.#openOne(section);
      } catch (error) {
        this.#logger.warn(
          `files.roots: ${section.path} is not there for anybody: ${problemOf(error)}`,
        );
      }
    }
  }

  async close(): Promise<void> {
    const open = this.#open;
    this.#roots = [];
    this.#open = [];
    await Promise.all(open.map(closeDescriptor));
  }

  async #openOne({ path, name, roles, mounts = false }: FileRootSection): Promise<void> {
    const normal = posix.normalize(path).replace(/\/+$/, '') || '/';
    const pinned = await this.#files.pin(normal, mounts);
    this.#open = [...this.#open, pinned.fd];
    const root: FileRoot = {
      kind: 'configured',
      takesFiles: true,
      name: name ?? posix.basename(normal),
      names: parsePath(Buffer.from(normal)).names,
      inode: inodeKey(await statOf(pinned.fd)),
      ...(roles === undefined ? {} : { roles }),
      hold: () => Promise.resolve({ pinned, release: () => Promise.resolve() }),
    };
    this.#roots = [...this.#roots, root];
  }
}

function problemOf(error: unknown): string {
  if (error instanceof PathNotAllowedError) {
    return error.reason === 'server-file'
      ? 'it holds what tmuxy itself keeps'
      : 'it is no file system of files';
  }
  switch (errorCode(error)) {
    case 'ENOENT':
      return 'it does not exist. Create it and start again';
    case 'ELOOP':
    case 'ENOTDIR':
      return 'it is no directory, or a link to one. Write where the directory really is';
    case 'EACCES':
    case 'EPERM':
      return 'the user tmuxy runs as may not read it';
    default:
      return `it cannot be opened (${errorCode(error) ?? 'unknown'})`;
  }
}
