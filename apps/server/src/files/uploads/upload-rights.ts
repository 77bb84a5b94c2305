import { Injectable } from '@nestjs/common';
import type { Identity } from '../../auth/identity.js';
import { isOnlyLooking } from '../../auth/rights.js';
import { TmuxyConfig } from '../../config/config.js';
import { FILES_DEFAULTS } from '../../config/files-section.js';
import { ForbiddenError, ReadOnlyError } from '../../http/app-error.js';

/** Who may put files here, and how large they may be. */
@Injectable()
export class UploadRights {
  readonly #isOn: boolean;
  readonly #maxBytes: number;

  constructor({ files }: TmuxyConfig) {
    this.#isOn = files.upload ?? FILES_DEFAULTS.upload;
    this.#maxBytes = files.uploadMaxBytes ?? FILES_DEFAULTS.uploadMaxBytes;
  }

  /** Most bytes of one upload. */
  get maxBytes(): number {
    return this.#maxBytes;
  }

  mayUpload(identity: Identity): boolean {
    return this.#isOn && !isOnlyLooking(identity);
  }

  /** @throws ForbiddenError where nobody may; ReadOnlyError where they may not */
  assertMayUpload(identity: Identity): void {
    if (!this.#isOn) throw new ForbiddenError('Files are not taken here (files.upload).');
    if (isOnlyLooking(identity)) {
      throw new ReadOnlyError('You may look at files here, not put any there.');
    }
  }
}
