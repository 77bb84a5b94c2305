import { Injectable } from '@nestjs/common';
import { TmuxGateway } from '../tmux/tmux-gateway.js';

/** How long an answer is good: everybody may ask, and each question is a process. */
const GOOD_FOR_MS = 1_000;

/** Whether tmux answers, asked once however many ask. */
@Injectable()
export class TmuxAnswer {
  readonly #gateway: TmuxGateway;
  #asked: Promise<string | undefined> | undefined;

  constructor(gateway: TmuxGateway) {
    this.#gateway = gateway;
  }

  /** @returns what is wrong, in words that tell nobody where tmux is; undefined when it answers */
  problem(): Promise<string | undefined> {
    this.#asked ??= this.#ask().finally(() => {
      setTimeout(() => (this.#asked = undefined), GOOD_FOR_MS).unref();
    });
    return this.#asked;
  }

  async #ask(): Promise<string | undefined> {
    try {
      const sessions = await this.#gateway.cli.listSessions();
      return sessions === undefined ? 'tmux is not running.' : undefined;
    } catch {
      // Why is in the answers of those who are signed in: it names files of this machine.
      return 'tmux does not answer.';
    }
  }
}
