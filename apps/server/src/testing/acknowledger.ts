import { setTimeout as delay } from 'node:timers/promises';
import { FLOW_ACK_CHARS } from '#dto/constants';
import type { TestClient } from './test-client.js';
import type { TestStream } from './test-stream.js';

/** Acknowledges what a stream receives, as late as the test likes. */
export class Acknowledger {
  readonly #client: TestClient;
  readonly #stream: TestStream;
  readonly #delayMs: () => number;
  readonly #done: Promise<void>;
  #isStopped = false;
  #acknowledged = 0;
  /** Most characters that were on their way at once. */
  peak = 0;

  /** @param delayMs asked before each acknowledgement: how long what was received stays unread */
  constructor(client: TestClient, stream: TestStream, delayMs: () => number = () => 0) {
    this.#client = client;
    this.#stream = stream;
    this.#delayMs = delayMs;
    this.#done = this.#run();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#done;
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      const { received } = this.#stream;
      this.peak = Math.max(this.peak, received - this.#acknowledged);
      await delay(Math.max(5, this.#delayMs()));
      if (received - this.#acknowledged < FLOW_ACK_CHARS) continue;
      const reply = await this.#client.command(this.#stream, 'ack', { received });
      if (reply.status !== 200) throw new Error(`ack was refused: ${JSON.stringify(reply.body)}`);
      this.#acknowledged = received;
    }
  }
}
