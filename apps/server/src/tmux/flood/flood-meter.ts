/** What a pane may print each second for as long as it likes: some thousand lines, far more than anybody reads. */
export const CALM_BYTES_PER_SECOND = 512 * 1024;
/** What it may print beyond that at once: a long listing is streamed, and is in the history at once. */
export const BURST_BYTES = 512 * 1024;

/** A pane whose output tmux cannot pass on in this time prints too fast for this machine, however little that is … */
export const LAG_MS = 500;
/** … unless it is so little that the machine must have been busy with something else. */
export const LAG_BYTES = 64 * 1024;

/** A leaky bucket: tells whether a pane prints more than anybody can follow. Times in milliseconds. */
export class FloodMeter {
  #level = 0;
  #at = 0;

  /**
   * Counts bytes that came; whether it is a flood with them.
   * @param ageMs how long tmux held them back
   */
  heard(bytes: number, now: number, ageMs: number): boolean {
    const leaked = ((now - this.#at) * CALM_BYTES_PER_SECOND) / 1000;
    this.#level = Math.max(0, this.#level - leaked) + bytes;
    this.#at = now;
    return this.#level > (ageMs > LAG_MS ? LAG_BYTES : BURST_BYTES);
  }

  /** Starts from nothing, after an interruption. */
  reset(): void {
    this.#level = 0;
  }
}
