// eslint-disable-next-line no-control-regex -- escape sequences are what is looked for
const SGR_OR_SHIFT = /\u001b\[([0-9;:]*)m|[\u000e\u000f]/g;

/**
 * Which attributes are set after some rows of a capture: `capture-pane -e` prints only changes, and the
 * state runs on from row to row (tmux.md §2.2). tmux starts anew with `0` whenever an attribute goes
 * (grid.c `grid_string_cells_code`), so the sequences since then tell all.
 */
export class SgrPen {
  #sgr: string[] = [];
  #isShifted = false;

  /** Sequences that set the pen as it is now; empty for default attributes. */
  get sequences(): string {
    return `${this.#sgr.join('')}${this.#isShifted ? '\u000e' : ''}`;
  }

  /** Follows one row of captured text. */
  follow(row: string): void {
    for (const [sequence, parameters] of row.matchAll(SGR_OR_SHIFT)) {
      if (sequence === '\u000e') this.#isShifted = true;
      else if (sequence === '\u000f') this.#isShifted = false;
      else if (parameters === undefined || parameters === '' || parameters === '0') this.#sgr = [];
      else if (parameters.startsWith('0;')) this.#sgr = [sequence];
      else this.#sgr.push(sequence);
    }
  }
}
