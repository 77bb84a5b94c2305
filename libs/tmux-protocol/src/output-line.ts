import type { PaneId } from './ids.js';
import { unescapeOutput } from './unescape.js';

/** One pane's output, as {@link parseNotification} gives it. */
export interface ExtendedOutput {
  readonly kind: 'extended-output';
  readonly pane: PaneId;
  readonly ageMs: number;
  readonly data: Uint8Array;
}

/** What stands before the pane's number. */
const BEGINNING = Uint8Array.from('%extended-output %', (character) => character.charCodeAt(0));
const SPACE = 0x20;
const COLON = 0x3a;
const ZERO = 0x30;
const NINE = 0x39;
/** Digits that surely fit an id and a number of milliseconds; what has more is left to the general reader. */
const MAX_DIGITS = 9;

/**
 * Reads the line that nearly every line is, `%extended-output %P AGE : DATA`, without making text of it. What is
 * written in any other way, rightly or wrongly, is left to the general reader: undefined.
 */
export function parseOutputLine(line: Uint8Array): ExtendedOutput | undefined {
  for (let i = 0; i < BEGINNING.length; i++) {
    if (line[i] !== BEGINNING[i]) return undefined;
  }
  const paneAt = BEGINNING.length;
  const ageAt = afterNumber(line, paneAt);
  const colonAt = afterNumber(line, ageAt);
  // An id with leading zeros is none.
  if (line[paneAt] === ZERO && ageAt > paneAt + 2) return undefined;
  if (colonAt === -1 || line[colonAt] !== COLON || line[colonAt + 1] !== SPACE) return undefined;
  return {
    kind: 'extended-output',
    pane: `%${numberAt(line, paneAt)}`,
    ageMs: numberAt(line, ageAt),
    data: unescapeOutput(line.subarray(colonAt + 2)),
  };
}

/** Where it goes on after digits from `at` and a space; -1 when that is not what stands there. */
function afterNumber(line: Uint8Array, at: number): number {
  if (at === -1) return -1;
  let i = at;
  while (isDigit(line[i])) i++;
  return i > at && i - at <= MAX_DIGITS && line[i] === SPACE ? i + 1 : -1;
}

function numberAt(line: Uint8Array, at: number): number {
  let value = 0;
  for (let i = at; isDigit(line[i]); i++) value = value * 10 + (line[i] ?? 0) - ZERO;
  return value;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= NINE;
}
