import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { RateLimitedError } from '../app-error.js';
import { addressKeyOf, callerOf, INPUT_BYTES_LIMITS } from './rate-limits.js';
import { WindowCounter } from './window-counter.js';

/** How many bytes somebody may send to tmux: few requests can hold much. */
@Injectable()
export class InputBudget {
  readonly #counter = new WindowCounter();

  /**
   * Counts a body of `bytes` bytes.
   *
   * @throws RateLimitedError when that is more than is left
   */
  spend(request: Request, bytes: number): void {
    const { caller, address } = INPUT_BYTES_LIMITS;
    const records = [
      this.#counter.add('caller', callerOf(request), caller, bytes),
      this.#counter.add('address', addressKeyOf(request), address, bytes),
    ];
    const waits = records.filter(({ isBlocked }) => isBlocked);
    if (waits.length === 0) return;
    throw new RateLimitedError(
      'Too much text at once; wait a moment.',
      Math.max(...waits.map(({ timeToBlockExpire }) => timeToBlockExpire)),
    );
  }
}
