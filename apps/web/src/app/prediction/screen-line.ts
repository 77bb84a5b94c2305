import type { Keystroke } from './keystrokes';

/** The line the cursor is in, as a terminal shows it. */
export interface ScreenLine {
  /** Counted from the first line of the history. */
  readonly line: number;
  /** The cursor's column; `cells.length` behind the last one. */
  readonly x: number;
  /** One character for each column; a blank where nothing is, and behind a wide character. */
  readonly cells: readonly string[];
}

/** What a line becomes when a program echoes a keystroke at its cursor. */
export function echoed(before: ScreenLine, stroke: Keystroke): ScreenLine {
  if (stroke.kind === 'other') return before;
  const at = stroke.kind === 'char' ? before.x : before.x - 1;
  const cells = before.cells.with(at, stroke.kind === 'char' ? stroke.char : ' ');
  return { ...before, x: stroke.kind === 'char' ? at + 1 : at, cells };
}

/**
 * Whether both show the same up to the cursor. What is behind it says nothing: a program may push it
 * along, or show a suggestion there.
 */
export function isSameUpToCursor(a: ScreenLine, b: ScreenLine): boolean {
  if (a.line !== b.line || a.x !== b.x) return false;
  for (let x = 0; x < a.x; x++) if (a.cells[x] !== b.cells[x]) return false;
  return true;
}

export function isBlankFrom(line: ScreenLine, x: number): boolean {
  return line.cells.slice(x).every((cell) => cell === ' ');
}
