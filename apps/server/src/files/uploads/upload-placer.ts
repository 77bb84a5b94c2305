import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/audit-trail.service.js';
import type { Who } from '../../audit/who.js';
import type { Identity } from '../../auth/identity.js';
import { ConfinedFiles } from '../confined/confined-files.js';
import { fileTarget } from '../file-target.js';
import { toFileError } from '../files.errors.js';
import { assertFree, placeFile } from './place-file.js';
import type { UploadRequest } from './tus.js';
import { type Upload, UploadStore } from './upload-store.js';
import { UploadTargets } from './upload-target.js';

/** Puts uploads that are whole where they belong. */
@Injectable()
export class UploadPlacer {
  readonly #targets: UploadTargets;
  readonly #files: ConfinedFiles;
  readonly #store: UploadStore;
  readonly #trail: AuditTrail;

  constructor(targets: UploadTargets, files: ConfinedFiles, store: UploadStore, trail: AuditTrail) {
    this.#targets = targets;
    this.#files = files;
    this.#store = store;
    this.#trail = trail;
  }

  /**
   * Says early what {@link UploadPlacer.place} would say at the end.
   *
   * @throws ConflictError when something is in the way; as {@link UploadTargets.with}
   */
  async check(identity: Identity, upload: UploadRequest): Promise<void> {
    const { name, overwrite } = upload;
    await this.#targets.with(identity, upload, async ({ directory }) => {
      await assertFree({ directory, name, overwrite }, this.#files).catch(rethrow);
    });
  }

  /**
   * The file is there, whole and on the disk, when this resolves; else nothing is.
   *
   * @throws as {@link UploadPlacer.check}, and AuditUnavailableError
   */
  async place(identity: Identity, who: Who, upload: Upload): Promise<void> {
    const { id, name, overwrite, size } = upload;
    await this.#targets.with(identity, upload, async ({ directory, file }) => {
      const intent = await this.#trail.intent(who, {
        action: 'file.upload',
        target: fileTarget(file),
        params: { overwrite, bytes: size },
      });
      try {
        const part = this.#store.partOf(id);
        const sha256 = await placeFile(part, id, { directory, name, overwrite }, this.#files);
        intent.done({ bytes: size, sha256 });
      } catch (error) {
        const failure = toFileError(error);
        intent.failed(failure);
        throw failure;
      }
    });
  }
}

function rethrow(error: unknown): never {
  throw toFileError(error);
}
