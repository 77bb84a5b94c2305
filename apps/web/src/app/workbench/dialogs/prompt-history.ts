import { Service } from '@angular/core';

/** tmux's own `prompt-history-limit`. */
const MAX_LINES = 100;

/** Lines answered before, newest last; for Up and Down in every prompt of this page. */
@Service()
export class PromptHistory {
  private lines: readonly string[] = [];

  add(line: string): void {
    if (line === '' || line === this.lines.at(-1)) return;
    this.lines = [...this.lines, line].slice(-MAX_LINES);
  }

  /** The line `back` steps before the newest (1 is the newest); undefined past the oldest. */
  at(back: number): string | undefined {
    return back < 1 ? undefined : this.lines[this.lines.length - back];
  }
}
