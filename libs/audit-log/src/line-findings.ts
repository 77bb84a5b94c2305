import { MAX_LINE_BYTES } from './bounds.js';
import type { Link } from './chain.js';
import { type Findings, range } from './finding.js';
import type { LineProblem } from './line.js';
import type { ReadingPlace } from './reading-place.js';

const PROBLEMS: Readonly<Record<LineProblem, string>> = {
  'not-text': 'it is no UTF-8',
  'not-json': 'it is no JSON',
  'not-a-record': 'it is no record',
  'not-canonical': 'it is not written as records are',
  'wrong-hash': 'its hash does not fit',
};

/** Says what is wrong with single lines, and with how they follow each other. */
export class LineFindings {
  readonly #findings: Findings;
  readonly #place: ReadingPlace;

  constructor(findings: Findings, place: ReadingPlace) {
    this.#findings = findings;
    this.#place = place;
  }

  tooLong(length: number): void {
    this.#findings.error(
      'line-too-long',
      this.#place.at(),
      `${this.#line()} has ${length} bytes; records have at most ${MAX_LINE_BYTES}. It was not read.`,
    );
  }

  /** @param seq the record's place. @param isGapTold whether that records are missing was told */
  next(link: Link & { kind: 'next' }, seq: number, isGapTold: boolean): void {
    const { record, problem, missingFrom } = link;
    const place = this.#place.at(seq);
    const { file, line } = this.#place;
    const named = `Record ${seq} (line ${line} of ${file})`;
    if (missingFrom !== undefined && !isGapTold) {
      this.#findings.error(
        'missing',
        { ...place, seq: missingFrom, lastSeq: seq - 1 },
        `Before line ${line} of ${file}, records ${range(missingFrom, seq - 1)} are missing.`,
      );
    }
    if (problem !== undefined) {
      this.#findings.error('changed', place, `${named} was changed: ${PROBLEMS[problem]}.`);
    } else if (link.isBroken) {
      this.#findings.error(
        'chain-broken',
        place,
        `${named} does not follow the one before it: one of the two was replaced.`,
      );
    }
    if (link.isTimeBroken) {
      this.#findings.error(
        'time-broken',
        place,
        `${named} is earlier than one before it of the same process.`,
      );
    }
    if (link.isClockSetBack) {
      this.#findings.note(
        'clock-set-back',
        place,
        `Before record ${seq} the machine's clock was set back, to ${record.ts}.`,
      );
    }
  }

  /** @param seq the last record's before it */
  other(link: Link & { kind: 'out-of-place' | 'unreadable' }, seq: number): void {
    if (link.kind === 'unreadable') {
      this.#findings.error(
        'unreadable',
        this.#place.at(seq + 1),
        `${this.#line()}, where record ${seq + 1} should be, was changed: ${PROBLEMS[link.problem]}.`,
      );
      return;
    }
    const { file, line } = this.#place;
    this.#findings.error(
      'out-of-place',
      this.#place.at(link.record.seq),
      `Record ${link.record.seq} (line ${line} of ${file}) stands after record ${seq}: it was doubled, moved or put in.`,
    );
  }

  /** The end of a segment that no line feed ends. */
  torn(length: number, seq: number, isLast: boolean): void {
    const place = this.#place.at(seq + 1);
    const { file } = this.#place;
    if (isLast) {
      this.#findings.error(
        'torn-tail',
        place,
        `The last ${length} bytes of ${file} are no whole record: a crash or a cut. Starting tmuxy sets them aside and records that.`,
      );
    } else {
      this.#findings.error('unreadable', place, `The last line of ${file} is cut off.`);
    }
  }

  #line(): string {
    return `Line ${this.#place.line} of ${this.#place.file}`;
  }
}
