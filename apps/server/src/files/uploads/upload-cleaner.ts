import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { AppError } from '../../http/app-error.js';
import { removeLeftover } from './place-file.js';
import { CLEAN_EVERY_MS, LEFTOVER_MS, UPLOAD_EXPIRES_MS } from './upload-limits.js';
import { UploadStore } from './upload-store.js';
import { UploadTargets } from './upload-target.js';

/** Takes uploads away that nobody goes on with. */
@Injectable()
export class UploadCleaner implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger('Files');
  readonly #store: UploadStore;
  readonly #targets: UploadTargets;
  #timer: NodeJS.Timeout | undefined;

  constructor(store: UploadStore, targets: UploadTargets) {
    this.#store = store;
    this.#targets = targets;
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.clean();
    this.#timer = setInterval(() => void this.clean(), CLEAN_EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  /** Never fails: what cannot be taken away now is tried again later. */
  async clean(): Promise<void> {
    try {
      await this.#removeLeftovers();
      const removed = await this.#store.removeOlder(Date.now() - UPLOAD_EXPIRES_MS);
      if (removed > 0) this.#logger.log(`took ${removed} abandoned uploads away`);
    } catch (error) {
      this.#logger.warn({ err: error }, 'abandoned uploads could not be taken away');
    }
  }

  /** Only what is whole was ever being put in its place. */
  async #removeLeftovers(): Promise<void> {
    for (const { id, path, offset, size } of await this.#store.list()) {
      if (offset !== size) continue;
      try {
        await this.#targets.forServer(path, (directory) =>
          removeLeftover(directory, id, Date.now() - LEFTOVER_MS),
        );
      } catch (error) {
        if (!(error instanceof AppError)) throw error; // The directory is gone, and what was in it.
      }
    }
  }
}
