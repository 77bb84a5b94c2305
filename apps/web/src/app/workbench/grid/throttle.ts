/** Runs the first call at once and of the later ones only the latest, `everyMs` apart. */
export class Throttle {
  private readonly everyMs: number;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private latest: (() => void) | undefined;

  constructor(everyMs: number) {
    this.everyMs = everyMs;
  }

  run(act: () => void): void {
    if (this.timer !== undefined) {
      this.latest = act;
      return;
    }
    act();
    this.timer = setTimeout(() => {
      const next = this.latest;
      this.timer = undefined;
      this.latest = undefined;
      if (next !== undefined) this.run(next);
    }, this.everyMs);
  }

  /** Drops what waits. */
  cancel(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.latest = undefined;
  }
}
