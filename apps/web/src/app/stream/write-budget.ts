/** Characters that may be on their way to the terminals before the stream waits for them. */
export const UNWRITTEN_HIGH = 1024 * 1024;
/** The stream goes on once no more than this is on its way. */
export const UNWRITTEN_LOW = 256 * 1024;

/**
 * Counts what terminals were given and did not parse yet, so that a flood is read only as fast as it
 * is drawn. At `UNWRITTEN_HIGH` reading stops, and so, in the end, the server's sending to us.
 */
export class WriteBudget {
  private unwritten = 0;
  private resume: (() => void) | null = null;

  /** Takes `size` characters; the returned function gives them back. */
  take(size: number): () => void {
    this.unwritten += size;
    return () => {
      this.unwritten -= size;
      if (this.unwritten > UNWRITTEN_LOW) return;
      this.resume?.();
      this.resume = null;
    };
  }

  /** Resolves at once below the upper bound, else when the lower one is reached. */
  async ready(): Promise<void> {
    if (this.unwritten <= UNWRITTEN_HIGH) return;
    await new Promise<void>((resolve) => {
      this.resume = resolve;
    });
  }
}
