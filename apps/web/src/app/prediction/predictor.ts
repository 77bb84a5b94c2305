import type { Keystroke } from './keystrokes';
import { echoed, isBlankFrom, isSameUpToCursor } from './screen-line';
import type { ScreenLine } from './screen-line';

/** Keystrokes that may wait for their echo; past it all are forgotten and a new epoch begins. */
const STEPS_MAX = 1024;

/** How long predictions are believed in. */
export interface Patience {
  /** From the server's answer to a keystroke to its echo; mosh's `ECHO_TIMEOUT`. */
  readonly echoMs: number;
  /** From a keystroke to the server's answer. */
  readonly answerMs: number;
}

/** A keystroke that was sent. */
interface Step {
  readonly stroke: Keystroke;
  /** How much was typed up to its end, as answers count. */
  readonly end: number;
  readonly sentAt: number;
  answeredAt: number | null;
}

/** What is to be drawn over the terminal's line. */
export interface Picture {
  readonly line: number;
  /** Column of the first of `cells`; the terminal's own cursor is always among them. */
  readonly from: number;
  readonly cells: readonly string[];
  /** Column of the cursor to show. */
  readonly cursor: number;
}

/**
 * Foretells how one pane's line will look once what was typed is echoed. Events in, a picture out; the
 * caller gives the time and the terminal's line. The rules are those of mosh (terminaloverlay.cc):
 *
 * - Predictions belong to an *epoch*. Enter, control keys, arrows and all else that is no printable
 *   character begin a new one (`become_tentative`), and so does a character in the last column.
 * - Nothing of an epoch is shown before the program echoed one character of it: a cell that is now what was
 *   typed and was not before (`get_validity`, `Correct`). So where nothing echoes nothing is shown.
 * - A line that is not as predicted when it should be ends all predictions (`kill_epoch`, `reset`).
 *
 * Unlike mosh's they stay in one line; what scrolls, wraps or moves elsewhere ends them. As in VS Code's
 * typeahead, Backspace is foretold only over what was typed here and at the end of a line.
 */
export class Predictor {
  private readonly patience: () => Patience;
  /** The line before `steps`; null: the next keystroke's own. */
  private base: ScreenLine | null = null;
  private steps: Step[] = [];
  /** What began the next epoch, until its effect can be seen; what was typed since is in `tail`. */
  private boundary: Step | null = null;
  private tail: Step[] = [];
  /** Whether a character of this epoch was echoed. */
  private isConfirmed = false;
  /** Characters before the cursor that were typed in this epoch and echoed. */
  private erasable = 0;
  /** Whether the terminal's line is one of those foretold. */
  private fits = false;

  constructor(patience: () => Patience) {
    this.patience = patience;
  }

  /** @param end how much was typed up to the end of this keystroke */
  type(stroke: Keystroke, end: number, screen: ScreenLine, now: number): void {
    this.settle(screen, now);
    this.add({ stroke, end, sentAt: now, answeredAt: null }, screen);
    if (this.steps.length + this.tail.length > STEPS_MAX) this.reset();
  }

  /** The server took what was typed up to `end`; its echo may be on its way. */
  answered(end: number, now: number): void {
    const waiting = [...this.steps, ...this.tail, ...(this.boundary ? [this.boundary] : [])];
    for (const step of waiting) if (step.end <= end) step.answeredAt ??= now;
  }

  /** Compares with what the terminal shows now; to be called when that changed, and at `dueAt`. */
  settle(screen: ScreenLine, now: number): void {
    if (this.boundary !== null && this.dueOf(this.boundary) <= now) {
      const { tail } = this;
      this.reset();
      this.placeUnanswered(tail, screen, now);
    }
    this.fits = this.match(screen);
    const [oldest] = this.steps;
    if (oldest === undefined) {
      if (!this.fits) this.forgetEpoch();
      return;
    }
    const isElsewhere = screen.line !== this.base?.line;
    if (!isElsewhere && this.dueOf(oldest) > now) return;
    const { steps } = this;
    this.steps = [];
    this.forgetEpoch();
    // What is behind a boundary waits in the tail; what was before it has had its time.
    if (this.boundary === null) this.placeUnanswered(steps, screen, now);
  }

  /** Forgets everything; the next keystroke begins a new epoch. */
  reset(): void {
    this.steps = [];
    this.tail = [];
    this.boundary = null;
    this.forgetEpoch();
  }

  /** Whether there is nothing to compare with the terminal. */
  get isIdle(): boolean {
    return this.base === null && this.boundary === null;
  }

  /** When `settle` is due even if nothing comes; null while nothing is awaited. */
  get dueAt(): number | null {
    const waiting = this.steps.slice(0, 1);
    if (this.boundary !== null) waiting.push(this.boundary);
    return waiting.length === 0 ? null : Math.min(...waiting.map((step) => this.dueOf(step)));
  }

  /** What to draw over the line that was last settled with; null: nothing. */
  picture(): Picture | null {
    const { base, steps, isConfirmed, fits } = this;
    if (base === null || steps.length === 0 || !isConfirmed || !fits) return null;
    const lines = this.foretold(base);
    const last = lines.at(-1) ?? base;
    const columns = lines.map(({ x }) => x);
    const from = Math.min(...columns);
    const to = Math.max(...columns);
    return { line: base.line, from, cells: last.cells.slice(from, to + 1), cursor: last.x };
  }

  private add(step: Step, screen: ScreenLine): void {
    if (step.stroke.kind === 'other') this.beginEpoch(step);
    else if (this.boundary !== null) this.tail.push(step);
    else {
      this.base ??= screen;
      const line = this.foretold(this.base).at(-1) ?? this.base;
      if (this.isForetellable(step.stroke, line)) this.steps.push(step);
      else this.beginEpoch(step);
    }
  }

  private beginEpoch(boundary: Step): void {
    this.boundary = boundary;
    this.tail = [];
  }

  private forgetEpoch(): void {
    this.base = null;
    this.isConfirmed = false;
    this.erasable = 0;
    this.fits = true;
  }

  /** Only what is not answered may still be to come; the rest is on the screen, or never will be. */
  private placeUnanswered(steps: readonly Step[], screen: ScreenLine, now: number): void {
    for (const step of steps) {
      if (step.answeredAt === null && this.dueOf(step) > now) this.add(step, screen);
    }
  }

  private isForetellable(stroke: Keystroke, line: ScreenLine): boolean {
    // In the last column some programs wrap at once, some later, some show a mark of their own.
    if (stroke.kind === 'char') return line.x < line.cells.length - 1;
    const typed = this.steps.reduce(
      (sum, step) => sum + (step.stroke.kind === 'char' ? 1 : -1),
      this.erasable,
    );
    return typed > 0 && isBlankFrom(line, line.x);
  }

  /** The line before the steps, after the first, after the second … */
  private foretold(base: ScreenLine): readonly ScreenLine[] {
    const lines = [base];
    for (const { stroke } of this.steps) lines.push(echoed(lines.at(-1) ?? base, stroke));
    return lines;
  }

  /** Takes the steps that were echoed off; false when the line is none of those foretold. */
  private match(screen: ScreenLine): boolean {
    if (this.base === null) return true;
    const lines = this.foretold(this.base);
    const fitting = [...lines.keys()].filter((count) => {
      const line = lines[count];
      return line !== undefined && isSameUpToCursor(line, screen);
    });
    const unanswered = this.steps.findIndex((step) => step.answeredAt === null);
    const answered = unanswered < 0 ? this.steps.length : unanswered;
    const [least] = fitting;
    if (least === undefined) return false;
    // `x` and Backspace look like nothing yet: what is not answered counts only if it cannot be else.
    const most = fitting.findLast((count) => count <= answered);
    const count = most ?? (this.isConfirmed ? least : 0);
    if (count > 0) this.confirm(count, this.base, screen);
    return true;
  }

  private confirm(count: number, base: ScreenLine, screen: ScreenLine): void {
    const taken = this.steps.splice(0, count);
    for (const { stroke } of taken) this.erasable += stroke.kind === 'char' ? 1 : -1;
    for (let x = base.x; x < screen.x; x++) {
      // No credit for what was there before: a shell's suggestion, say.
      if (screen.cells[x] !== base.cells[x] && screen.cells[x] !== ' ') this.isConfirmed = true;
    }
    this.base = screen;
  }

  private dueOf({ sentAt, answeredAt }: Step): number {
    const { echoMs, answerMs } = this.patience();
    return answeredAt === null ? sentAt + answerMs : answeredAt + echoMs;
  }
}
