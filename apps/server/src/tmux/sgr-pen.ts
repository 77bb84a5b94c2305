// eslint-disable-next-line no-control-regex -- escape sequences are what is looked for
const SGR_OR_SHIFT = /\u001b\[([0-9;:]*)m|[\u000e\u000f]/g;

/**
 * Which attributes are set after some rows of a capture: `capture-pane -e` prints only changes, and the
 * state runs on from row to row (tmux.md §2.2). tmux starts anew with `0` whenever an attribute goes
 * (grid.c `grid_string_cells_code`), so the sequences since then tell all.
 */
export class SgrPen {
  /** By what they set: a later one of the same kind takes the place of the earlier. */
  readonly #sgr = new Map<string, string>();
  #isShifted = false;

  /** Sequences that set the pen as it is now; empty for default attributes. */
  get sequences(): string {
    return `${[...this.#sgr.values()].join('')}${this.#isShifted ? '\u000e' : ''}`;
  }

  /** Follows one row of captured text. */
  follow(row: string): void {
    for (const [sequence, parameters] of row.matchAll(SGR_OR_SHIFT)) {
      if (sequence === '\u000e') this.#isShifted = true;
      else if (sequence === '\u000f') this.#isShifted = false;
      else if (parameters === undefined || parameters === '' || parameters === '0')
        this.#sgr.clear();
      else {
        if (parameters.startsWith('0;')) this.#sgr.clear();
        const kind = kindOf(parameters);
        this.#sgr.delete(kind);
        this.#sgr.set(kind, sequence);
      }
    }
  }
}

/** Foreground, background and underline colours replace their like; anything else is itself. */
function kindOf(parameters: string): string {
  if (/^(?:3[0-9]|9[0-7])(?:$|[;:])/.test(parameters)) return 'foreground';
  if (/^(?:4[0-9]|10[0-7])(?:$|[;:])/.test(parameters)) return 'background';
  if (/^5[89](?:$|[;:])/.test(parameters)) return 'underline';
  return parameters;
}
