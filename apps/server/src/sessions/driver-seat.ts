/** Size of a viewport in cells. */
export interface ViewportSize {
  readonly cols: number;
  readonly rows: number;
}

/**
 * Whose viewport sizes the session. At most one connection holds the seat; it is taken, never shared, and
 * falls empty when its holder leaves: nobody is made driver without having asked.
 */
export class DriverSeat {
  #holder: string | null = null;
  #size: ViewportSize | undefined;

  /** `connectionId` of the driver. */
  get holder(): string | null {
    return this.#holder;
  }

  /** The size the driver asked for last; kept when the seat falls empty, since tmux keeps it too. */
  get size(): ViewportSize | undefined {
    return this.#size;
  }

  /** Whether this changed anything. */
  take(connectionId: string): boolean {
    if (this.#holder === connectionId) return false;
    this.#holder = connectionId;
    return true;
  }

  /** Whether this changed anything. */
  leave(connectionId: string): boolean {
    if (this.#holder !== connectionId) return false;
    this.#holder = null;
    return true;
  }

  resize(size: ViewportSize): void {
    this.#size = size;
  }
}
