import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { CLEAN_EVERY_MS, UPLOAD_EXPIRES_MS } from './upload-limits.js';
import { UploadStore } from './upload-store.js';

/** Takes uploads away that nobody goes on with. */
@Injectable()
export class UploadCleaner implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger('Files');
  readonly #store: UploadStore;
  #timer: NodeJS.Timeout | undefined;

  constructor(store: UploadStore) {
    this.#store = store;
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
      const removed = await this.#store.removeOlder(Date.now() - UPLOAD_EXPIRES_MS);
      if (removed > 0) this.#logger.log(`took ${removed} abandoned uploads away`);
    } catch (error) {
      this.#logger.warn({ err: error }, 'abandoned uploads could not be taken away');
    }
  }
}
