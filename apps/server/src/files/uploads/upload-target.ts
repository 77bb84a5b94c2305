import { Injectable } from '@nestjs/common';
import type { Identity } from '../../auth/identity.js';
import { InvalidRequestError, ReadOnlyError } from '../../http/app-error.js';
import { ConfinedFiles, type OpenedFile } from '../confined/confined-files.js';
import { checkNewName, joinPath } from '../confined/path-names.js';
import { PathNotAllowedError } from '../files.errors.js';
import { pathOf, type PlaceBelow } from '../roots/file-root.js';
import { FileRoots } from '../roots/file-roots.service.js';

/** Where an upload goes. */
export interface Target {
  readonly path: Buffer;
  readonly name: Buffer;
}

/** The directory of a {@link Target}, open. */
export interface OpenTarget {
  readonly directory: OpenedFile;
  /** Of the file that is to be, from `/` on. */
  readonly file: Buffer;
}

/** Finds out where somebody may put a file, by the same rules by which they could read it afterwards. */
@Injectable()
export class UploadTargets {
  readonly #roots: FileRoots;
  readonly #files: ConfinedFiles;

  constructor(roots: FileRoots, files: ConfinedFiles) {
    this.#roots = roots;
    this.#files = files;
  }

  /**
   * Opens the directory for as long as `work` takes.
   *
   * @throws as `FileRoots.find` and `ConfinedFiles.open`; InvalidRequestError and PathNotAllowedError for the name; ReadOnlyError where
   * only sessions work that may not be changed
   */
  async with<T>(
    identity: Identity,
    { path, name }: Target,
    work: (target: OpenTarget) => Promise<T>,
  ): Promise<T> {
    checkNewName(name);
    const place = await this.#roots.find(identity, path);
    if (!place.takesFiles) {
      throw new ReadOnlyError('The session that works here is read-only (readOnlySessions).');
    }
    const verdict = this.#files.names.judge(name, place.names.at(-1) ?? place.root.names.at(-1));
    if (verdict !== undefined) {
      throw new PathNotAllowedError(verdict === 'dotfile' ? 'dotfile' : 'denied-name');
    }
    const file = Buffer.concat([pathOf(place), joinPath([name])]);
    return this.#open(place, (directory) => work({ directory, file }));
  }

  /**
   * Opens a directory of a configured root, for what nobody asks for.
   *
   * @throws as `FileRoots.findForServer` and `ConfinedFiles.open`
   */
  forServer<T>(path: Buffer, work: (directory: OpenedFile) => Promise<T>): Promise<T> {
    return this.#open(this.#roots.findForServer(path), work);
  }

  async #open<T>(place: PlaceBelow, work: (directory: OpenedFile) => Promise<T>): Promise<T> {
    const held = await place.root.hold();
    try {
      const directory = await this.#files.open(held.pinned, place.names);
      try {
        if (directory.kind === 'directory') return await work(directory);
        throw new InvalidRequestError(
          "'path' in Upload-Metadata is the directory, without the name.",
        );
      } finally {
        await directory.close();
      }
    } finally {
      await held.release();
    }
  }
}
