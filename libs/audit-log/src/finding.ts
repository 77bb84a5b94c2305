/** What can be wrong with a log (docs/audit.md says what each means and what to do). */
export type FindingCode =
  // one line
  | 'changed'
  | 'unreadable'
  | 'line-too-long'
  | 'torn-tail'
  // the order of lines
  | 'missing'
  | 'out-of-place'
  | 'chain-broken'
  | 'time-broken'
  // segments
  | 'segment-missing'
  | 'segment-misnamed'
  | 'segment-out-of-place'
  | 'segment-unclosed'
  | 'segment-unopened'
  | 'segment-unreadable'
  | 'frontier-wrong'
  | 'start-missing'
  | 'not-a-segment'
  | 'empty'
  // checkpoints
  | 'rewritten'
  | 'truncated'
  | 'checkpoint-malformed'
  | 'checkpoint-not-signed'
  | 'checkpoint-other-log'
  | 'checkpoints-contradict'
  | 'checkpoints-empty'
  | 'unsigned'
  // notes
  | 'unanchored-tail'
  | 'clock-set-back'
  | 'pruned'
  | 'recovered'
  | 'damage-told'
  | 'checkpoint-torn';

/** `error`: the log is not what was written. `note`: worth knowing, nothing is wrong. */
export type FindingLevel = 'error' | 'note';

/** Where it was found. */
export interface FindingPlace {
  /** Name of the segment's file, or of the file of checkpoints. */
  readonly file: string;
  /** Counted from 1. */
  readonly line?: number;
  /** The record, or the first of several. */
  readonly seq?: number;
  /** The last of several records. */
  readonly lastSeq?: number;
}

/** One thing that was found, with words for people. */
export interface Finding {
  readonly code: FindingCode;
  readonly level: FindingLevel;
  readonly place: FindingPlace;
  readonly message: string;
}

/** Most findings that are kept; past it they are counted. */
export const MAX_FINDINGS = 1000;

/** Findings of one run, in a bounded amount of memory. Errors are never pushed out by notes. */
export class Findings {
  readonly #kept: { readonly error: Finding[]; readonly note: Finding[] } = { error: [], note: [] };
  readonly #counts = { error: 0, note: 0 };

  add(level: FindingLevel, code: FindingCode, place: FindingPlace, message: string): void {
    this.#counts[level] += 1;
    const kept = this.#kept[level];
    if (kept.length < MAX_FINDINGS) kept.push({ code, level, place, message });
  }

  error(code: FindingCode, place: FindingPlace, message: string): void {
    this.add('error', code, place, message);
  }

  note(code: FindingCode, place: FindingPlace, message: string): void {
    this.add('note', code, place, message);
  }

  /** Errors first. */
  get all(): readonly Finding[] {
    return [...this.#kept.error, ...this.#kept.note];
  }

  get errors(): number {
    return this.#counts.error;
  }

  get notes(): number {
    return this.#counts.note;
  }
}

/** Numbers of records, for people. */
export const range = (first: number, last: number): string =>
  first === last ? String(first) : `${first} to ${last}`;
