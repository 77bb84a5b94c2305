/**
 * Longest escape sequence held back for its end. No program writes one so long: past it the sequence
 * is dropped.
 */
const HELD_MAX = 4096;

// C0 controls are executed in the middle of a sequence; CAN, SUB and ESC abort it (vt100.net parser).
const CONTROLS = '\\x00-\\x17\\x19\\x1c-\\x1f\\x7f';
const INTRODUCER = `(?:\\x1b[${CONTROLS}]*\\[|\\x9b)`;
/** Functions whose work grows with their parameter, and that xterm does as often as told. */
const COUNTED = new RegExp(
  `(${INTRODUCER})([0-9;:${CONTROLS}]{2,})([ '][${CONTROLS}]*[@A}~]|[@ILMPSTXZb^])`,
  'g',
);
/** Those that move lines; the others move along one. */
const BY_LINES = /[LMST^]/;
const UNFINISHED = new RegExp(
  `(?:\\x1b[${CONTROLS}]*|${INTRODUCER}[0-9;:${CONTROLS}]*(?:[ '][${CONTROLS}]*)?)$`,
);
const CONTROL = new RegExp(`[${CONTROLS}]`, 'g');
const NOT_CONTROL = new RegExp(`[^${CONTROLS}]`, 'g');

/** In cells. */
export interface ScreenSize {
  readonly cols: number;
  readonly rows: number;
}

/**
 * Bounds the parameters of counted functions (REP, IL, DL, SU, SD, ICH, DCH, ECH, CHT, CBT, …) so
 * that no output keeps the page busy: at a bound no smaller than the screen the effect is the same.
 * Sequences cut by the end of a piece of output are held back until the rest arrives.
 */
export class CsiClamp {
  private held = '';

  /** Forgets what is held back; the terminal starts anew. */
  reset(): void {
    this.held = '';
  }

  /** The text to write for `data`, on a screen of this size: no parameter is larger. */
  filter(data: string, { cols, rows }: ScreenSize): string {
    const text = this.held + data;
    this.held = UNFINISHED.exec(text.slice(-HELD_MAX))?.[0] ?? '';
    const whole = this.held === '' ? text : text.slice(0, -this.held.length);
    if (this.held.length === HELD_MAX) this.held = '';
    return whole.replace(COUNTED, (_all, introducer: string, parameters: string, end: string) => {
      const controls = (introducer + parameters + end).replace(NOT_CONTROL, '');
      const bound = BY_LINES.test(end) ? rows : cols;
      const clamped = parameters
        .replace(CONTROL, '')
        .replace(/[0-9]+/g, (digits) => String(Math.min(Number(digits), bound)));
      return `${controls}\x1b[${clamped}${end.replace(CONTROL, '')}`;
    });
  }
}
