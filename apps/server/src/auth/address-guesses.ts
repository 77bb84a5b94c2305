import { Injectable } from '@nestjs/common';
import { RateLimitedError } from '../http/app-error.js';

/** Wrong credentials in request headers that an address may send in {@link WINDOW_MS}. */
export const GUESSES_MAX = 30;
const WINDOW_MS = 60_000;
const ADDRESSES_MAX = 10_000;

/** Counts wrong `Authorization` headers by client address: they are guesses as much as wrong sign-ins. */
@Injectable()
export class AddressGuesses {
  readonly #windows = new Map<string, { count: number; readonly endsAt: number }>();

  /** @throws RateLimitedError when this address has guessed too often of late */
  check(address: string, now = performance.now()): void {
    const window = this.#windows.get(address);
    if (window && window.endsAt > now && window.count >= GUESSES_MAX) {
      throw new RateLimitedError(
        'Too many wrong credentials from your address.',
        (window.endsAt - now) / 1000,
      );
    }
  }

  /** A credential was wrong. */
  count(address: string, now = performance.now()): void {
    const window = this.#windows.get(address);
    if (window && window.endsAt > now) {
      window.count++;
      return;
    }
    this.#windows.delete(address);
    const [oldest] = this.#windows.keys();
    if (this.#windows.size >= ADDRESSES_MAX && oldest !== undefined) this.#windows.delete(oldest);
    this.#windows.set(address, { count: 1, endsAt: now + WINDOW_MS });
  }
}
