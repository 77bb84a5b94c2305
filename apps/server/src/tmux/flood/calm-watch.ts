/** Rows that typing, a prompt or a clock may change between two looks, and lines that may scroll. */
export const CALM_ROWS = 3;
/** How long a screen must move little until its flood is over. */
export const CALM_MS = 120;
/** The most that this grows to for a pane that floods again and again. */
export const CALM_MAX_MS = 2_000;
/** A flood that begins within this time after the last one is the same that only looked calm. */
const SAME_FLOOD_MS = 5_000;

/** What one look at a paused pane tells of its movement. */
export interface Movement {
  /** Lines in the history; goes back when tmux drops the oldest. */
  readonly historySize: number;
  /** The rows of the screen as tmux drew them; none when nobody sees them. */
  readonly rows: readonly Uint8Array[];
}

/** Decides from looks at a paused pane when its flood is over. Times in milliseconds. */
export class CalmWatch {
  #last: Movement | undefined;
  #movedAt = 0;
  #endedAt = -Infinity;
  #needed = CALM_MS;

  /** A flood begins. */
  begin(now: number): void {
    const isSame = now - this.#endedAt < SAME_FLOOD_MS;
    this.#needed = isSame ? Math.min(2 * this.#needed, CALM_MAX_MS) : CALM_MS;
    this.#last = undefined;
    this.#movedAt = now;
  }

  /** Whether the flood is over with this look. */
  seen(movement: Movement, now: number): boolean {
    const last = this.#last;
    this.#last = movement;
    if (last === undefined || hasMovedMuch(last, movement)) {
      this.#movedAt = now;
      return false;
    }
    if (now - this.#movedAt < this.#needed) return false;
    this.#endedAt = now;
    return true;
  }
}

function hasMovedMuch(before: Movement, after: Movement): boolean {
  if (Math.abs(after.historySize - before.historySize) > CALM_ROWS) return true;
  const changed = after.rows.filter((row, index) => !isSameRow(row, before.rows[index]));
  return changed.length > CALM_ROWS;
}

function isSameRow(row: Uint8Array, other: Uint8Array | undefined): boolean {
  return other !== undefined && Buffer.compare(row, other) === 0;
}
