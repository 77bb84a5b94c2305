import { Injectable } from '@nestjs/common';
import type { DirectoryView } from '#dto';
import { AuditTrail } from '../audit/audit-trail.service.js';
import type { Who } from '../audit/who.js';
import type { Identity } from '../auth/identity.js';
import { InvalidRequestError } from '../http/app-error.js';
import { ConfinedFiles } from './confined/confined-files.js';
import { listDirectory } from './directory-listing.js';
import { fileTarget } from './file-target.js';
import { ListingGate } from './listing-gate.js';
import { type HeldRoot, pathOf, type PlaceBelow } from './roots/file-root.js';
import { FileRoots } from './roots/file-roots.service.js';
import { UploadRights } from './uploads/upload-rights.js';

/** Lists directories. */
@Injectable()
export class DirectoryService {
  readonly #roots: FileRoots;
  readonly #files: ConfinedFiles;
  readonly #rights: UploadRights;
  readonly #gate: ListingGate;
  readonly #trail: AuditTrail;

  constructor(
    roots: FileRoots,
    files: ConfinedFiles,
    rights: UploadRights,
    gate: ListingGate,
    trail: AuditTrail,
  ) {
    this.#roots = roots;
    this.#files = files;
    this.#rights = rights;
    this.#gate = gate;
    this.#trail = trail;
  }

  /**
   * @throws as `FileRoots.find` and `ConfinedFiles.open`; InvalidRequestError for a file; RateLimitedError;
   *   AuditUnavailableError
   */
  list(identity: Identity, who: Who, path: Buffer): Promise<DirectoryView> {
    return this.#gate.pass(identity, () => this.#list(identity, who, path));
  }

  async #list(identity: Identity, who: Who, path: Buffer): Promise<DirectoryView> {
    const place = await this.#roots.find(identity, path);
    const held = await place.root.hold();
    try {
      return await this.#listHeld(identity, who, place, held);
    } finally {
      await held.release();
    }
  }

  async #listHeld(
    identity: Identity,
    who: Who,
    place: PlaceBelow,
    { pinned }: HeldRoot,
  ): Promise<DirectoryView> {
    const path = pathOf(place);
    const directory = await this.#files.open(pinned, place.names);
    try {
      if (directory.kind === 'file') {
        throw new InvalidRequestError('This is a file; ask /api/file for what is in it.');
      }
      const listed = { directory, path, root: pinned };
      const act = { action: 'file.list', target: fileTarget(path) };
      const { entries, truncated } = await this.#trail.around(who, act, () =>
        listDirectory(listed, this.#files),
      );
      const upload = place.takesFiles && this.#rights.mayUpload(identity);
      return { path: path.toString('utf8'), entries, truncated, upload };
    } finally {
      await directory.close();
    }
  }
}
