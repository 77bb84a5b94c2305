import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { TmuxyConfig } from '../config/config.js';
import { databasePlaceOf } from './database-place.js';
import { Store } from './store.js';

/** Opens the database before anything can be asked, closes it after the last request. */
@Module({
  providers: [
    {
      provide: Store,
      useFactory: (config: TmuxyConfig) => Store.open(databasePlaceOf(config)),
      inject: [TmuxyConfig],
    },
  ],
  exports: [Store],
})
export class StorageModule implements OnApplicationShutdown {
  readonly #store: Store;

  constructor(@Inject(Store) store: Store) {
    this.#store = store;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#store.close();
  }
}
