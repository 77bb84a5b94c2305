import {
  type BeforeApplicationShutdown,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';

/** Whether new requests are welcome: after every module started and before the first one stops. */
@Injectable()
export class Readiness implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #isReady = false;

  get isReady(): boolean {
    return this.#isReady;
  }

  onApplicationBootstrap(): void {
    this.#isReady = true;
  }

  beforeApplicationShutdown(): void {
    this.#isReady = false;
  }
}
