/**
 * Titles, commands, paths, marks: no notification tells of them. Asked for and not subscribed to: tmux 3.3a
 * crashes when a subscription (`refresh-client -B`) is checked for a client whose session was closed while
 * output for it was still queued (control.c `control_check_subs_timer` uses its session unseen).
 */
export const LOOK_INTERVAL_MS = 1_000;
/** How many intervals pass between two looks while nothing is printed. */
const QUIET_INTERVALS = 5;

/**
 * Decides at each interval whether to look at a session of which tmux notified nothing. A quiet one is mostly
 * left in peace: every command of ours is a line of the server's message log.
 */
export class LookRhythm {
  #hadOutput = false;
  #quietIntervals = 0;

  heardOutput(): void {
    this.#hadOutput = true;
  }

  /** Called once an interval. */
  isDue(): boolean {
    this.#quietIntervals = this.#hadOutput ? 0 : this.#quietIntervals + 1;
    this.#hadOutput = false;
    // Twice after output: a program may still be starting when its first line was echoed.
    return this.#quietIntervals < 2 || this.#quietIntervals % QUIET_INTERVALS === 0;
  }
}
