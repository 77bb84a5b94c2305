/**
 * Tells a reply that will not come from one that is still behind output: tmux answers a control client in the order of
 * its queue (control.c, `all_blocks`), and a busy machine may take long to send what a flood put there. How old output
 * is when it comes tells how far the queue has got. Times in milliseconds.
 */
export class ReplyWatch {
  /** When tmux read the output that came last, and when it came. */
  #queuedAt = Infinity;
  #heardAt = -Infinity;

  /** @param ageMs how long tmux held the output back */
  heardOutput(ageMs: number, now: number): void {
    this.#queuedAt = now - ageMs;
    this.#heardAt = now;
  }

  /** Whether the reply to a command must have come by now. */
  isOverdue(sentAt: number, now: number, timeoutMs: number): boolean {
    const isBehindOutput = this.#queuedAt < sentAt;
    const since = isBehindOutput ? Math.max(sentAt, this.#heardAt) : sentAt;
    return now - since > timeoutMs;
  }
}
