import { MAX_LINE_BYTES } from './bounds.js';
import { Chain, type Link } from './chain.js';
import { CheckpointSet, where } from './checkpoint-set.js';
import { NoteSplitter } from './checkpoint.js';
import { type Finding, type FindingCode, Findings, type FindingPlace } from './finding.js';
import { fromHex, toHex } from './hex.js';
import { LineReader, type SegmentLine } from './line-reader.js';
import { type LineProblem, readLine } from './line.js';
import type { Primitives } from './primitives.js';
import { equal } from './proofs.js';
import type { AuditRecord } from './record.js';
import { DAMAGED, PRUNED, RECOVERED, ROTATED, treeOfSegment } from './segment-head.js';
import { segmentStart } from './segment-name.js';
import { parseNote, type VerifierKey } from './signed-note.js';

/** What came of verifying a log. */
export interface Verification {
  /** Whether nothing is wrong; there may be notes. */
  readonly isIntact: boolean;
  readonly findings: readonly Finding[];
  readonly errors: number;
  readonly notes: number;
  /** Records read. */
  readonly records: number;
  /** `seq` of the last. */
  readonly size: number;
  /** `ts` of the first and the last record; null: there is none. */
  readonly from: string | null;
  readonly until: string | null;
  /** Of the tree, in hex; null when records are missing. */
  readonly root: string | null;
  /** Size of the last checkpoint that the log agrees with; null: none. */
  readonly vouchedFor: number | null;
}

const PROBLEMS: Readonly<Record<LineProblem, string>> = {
  'not-text': 'it is no UTF-8',
  'not-json': 'it is no JSON',
  'not-a-record': 'it is no record',
  'not-canonical': 'it is not written as records are',
  'wrong-hash': 'its hash does not fit',
};

/**
 * Verifies a log: checkpoints first, then its segments in the order of their names, each by {@link beginSegment},
 * {@link push} and {@link endSegment}; then {@link end}. Needs memory for one line and the checkpoints.
 */
export class Verifier {
  readonly #primitives: Primitives;
  readonly #findings = new Findings();
  readonly #checkpoints: CheckpointSet;
  readonly #chain: Chain;
  #waiting: number[] | undefined;
  #vouchedFor: number | null = null;
  readonly #rewrittenBy = new Set<string>();
  #lines = new LineReader();
  #file = '';
  #line = 0;
  #isFirstOfSegment = true;
  #isFirstSegment = true;
  #isGapTold = false;
  /** Action of the last record: segments end with `log.rotated`. */
  #lastAction = '';
  #firstSeq = 1;
  #prunedBefore = 1;
  #records = 0;
  #from: string | null = null;
  #until: string | null = null;

  constructor(primitives: Primitives, key: VerifierKey) {
    this.#primitives = primitives;
    this.#chain = new Chain(primitives);
    this.#checkpoints = new CheckpointSet(primitives, key, this.#findings);
  }

  /**
   * A file of checkpoints.
   *
   * @param lines without their line feeds
   * @param isOwn whether it is the log's, whose end a crash may have torn
   */
  addCheckpoints(file: string, lines: Iterable<string>, { isOwn = false } = {}): void {
    const splitter = new NoteSplitter();
    let number = 0;
    for (const line of lines) {
      const note = noteOfJournal(line) ?? splitter.push(line);
      if (note !== undefined) this.#checkpoints.add(file, (number += 1), note);
    }
    const last = splitter.end();
    if (last === undefined) return;
    number += 1;
    if (isOwn && parseNote(last) === undefined) {
      const message = `The last note of ${file} is not whole: a crash while it was written.`;
      this.#note('checkpoint-torn', { file, line: number }, message);
    } else {
      this.#checkpoints.add(file, number, last);
    }
  }

  beginSegment(file: string): void {
    this.#file = file;
    this.#line = 0;
    this.#lines = new LineReader();
    this.#isFirstOfSegment = true;
    const start = segmentStart(file) ?? 1;
    const expected = this.#chain.seq + 1;
    this.#isGapTold = false;
    if (this.#isFirstSegment) return;
    if (start > expected) {
      this.#isGapTold = true;
      this.#error(
        'segment-missing',
        { file, seq: expected, lastSeq: start - 1 },
        `Before ${file}, records ${range(expected, start - 1)} are missing: a segment was deleted or renamed, or the end of one was cut off.`,
      );
    } else if (start < expected) {
      this.#error(
        'segment-out-of-place',
        { file, seq: start },
        `${file} begins with a record that was there before: it was doubled or renamed.`,
      );
    } else if (this.#lastAction !== ROTATED) {
      this.#error(
        'segment-unclosed',
        { file, seq: start - 1 },
        `The segment before ${file} does not end as segments do.`,
      );
    }
  }

  /** A file beside the segments that looks like one. */
  addStray(file: string): void {
    this.#error(
      'not-a-segment',
      { file },
      `${file} is not named as segments are: somebody put it there or renamed it.`,
    );
  }

  push(chunk: Uint8Array): void {
    for (const line of this.#lines.push(chunk)) this.#take(line);
  }

  /** @param isLast whether no segment follows */
  endSegment(isLast: boolean): void {
    const rest = this.#lines.end();
    if (rest !== undefined) this.#takeTorn(rest, isLast);
    // A crash may leave a new segment without its first record.
    if (this.#line === 0 && !isLast) {
      this.#error('segment-unreadable', { file: this.#file }, `${this.#file} is empty.`);
    }
    this.#isFirstSegment &&= this.#line === 0;
  }

  /** A segment that could not be read to its end, in words. */
  failSegment(reason: string): void {
    this.#error('segment-unreadable', this.#place(), `${this.#file} could not be read: ${reason}.`);
  }

  end(): Verification {
    if (this.#records === 0) {
      this.#error('empty', { file: this.#file }, 'There is no record in this log.');
    }
    this.#tellStart();
    this.#compare();
    this.#tellEnd();
    const root = this.#chain.root();
    return {
      isIntact: this.#findings.errors === 0,
      findings: this.#findings.all,
      errors: this.#findings.errors,
      notes: this.#findings.notes,
      records: this.#records,
      size: this.#chain.seq,
      from: this.#from,
      until: this.#until,
      root: root === undefined ? null : toHex(root),
      vouchedFor: this.#vouchedFor,
    };
  }

  #take({ bytes, length }: SegmentLine): void {
    this.#line += 1;
    if (bytes === undefined) {
      this.#error(
        'line-too-long',
        this.#place(),
        `Line ${this.#line} of ${this.#file} has ${length} bytes; records have at most ${MAX_LINE_BYTES}. It was not read.`,
      );
      this.#isFirstOfSegment = false;
      return;
    }
    if (this.#isFirstOfSegment) this.#jumpToStart(bytes);
    this.#compare();
    const before = this.#chain.seq;
    const link = this.#chain.read(bytes);
    if (link.kind === 'next') this.#takeNext(link, before);
    else this.#takeOther(link);
    this.#isFirstOfSegment = false;
  }

  /** A log whose oldest segments were deleted begins with what its first segment says of them. */
  #jumpToStart(bytes: Uint8Array): void {
    if (!this.#isFirstSegment || this.#line !== 1) return;
    const { record, problem } = readLine(this.#primitives, bytes);
    if (record === undefined || problem !== undefined) {
      this.#firstSeq = segmentStart(this.#file) ?? 1;
      if (this.#firstSeq > 1) this.#chain.jump(this.#firstSeq - 1, '', undefined);
    } else if (record.seq > 1) {
      this.#firstSeq = record.seq;
      this.#chain.jump(record.seq - 1, record.prev, treeOfSegment(this.#primitives, record));
    }
  }

  #takeNext(link: Link & { kind: 'next' }, before: number): void {
    const { record, problem } = link;
    const seq = this.#chain.seq;
    const place = this.#place(seq);
    this.#records += 1;
    this.#from ??= record.ts;
    this.#until = record.ts;
    if (link.missingFrom !== undefined && !(this.#isFirstOfSegment && this.#isGapTold)) {
      this.#error(
        'missing',
        { ...place, seq: link.missingFrom, lastSeq: seq - 1 },
        `Before line ${this.#line} of ${this.#file}, records ${range(before + 1, seq - 1)} are missing.`,
      );
    }
    if (problem !== undefined) {
      this.#error(
        'changed',
        place,
        `Record ${seq} (line ${this.#line} of ${this.#file}) was changed: ${PROBLEMS[problem]}.`,
      );
    } else if (link.isBroken) {
      this.#error(
        'chain-broken',
        place,
        `Record ${seq} (line ${this.#line} of ${this.#file}) does not follow the one before it: one of the two was replaced.`,
      );
    }
    if (link.isTimeBroken) {
      this.#error(
        'time-broken',
        place,
        `Record ${seq} (line ${this.#line} of ${this.#file}) is earlier than one before it of the same process.`,
      );
    }
    if (link.isClockSetBack) {
      this.#note(
        'clock-set-back',
        place,
        `Before record ${seq} the machine's clock was set back, to ${record.ts}.`,
      );
    }
    if (this.#isFirstOfSegment) this.#takeHead(record, seq, problem);
    this.#lastAction = record.action;
    this.#heed(record, place);
  }

  /** The first record of a segment. */
  #takeHead(record: AuditRecord, seq: number, problem: LineProblem | undefined): void {
    const place = this.#place(seq);
    const start = segmentStart(this.#file);
    if (start !== undefined && start !== seq && problem === undefined) {
      this.#error(
        'segment-misnamed',
        place,
        `${this.#file} begins with record ${seq}: it was renamed, or its beginning is missing.`,
      );
    }
    if (problem !== undefined) return;
    const tree = treeOfSegment(this.#primitives, record);
    if (tree === undefined) {
      this.#error('segment-unopened', place, `${this.#file} does not begin as segments do.`);
      return;
    }
    tree.add(fromHex(record.hash));
    const root = this.#chain.root();
    if (root === undefined || this.#chain.isBridged) {
      this.#chain.resume(tree);
      return;
    }
    if (!equal(tree.root(), root)) {
      this.#error(
        'frontier-wrong',
        place,
        `What ${this.#file} says at its beginning of the records before it is not true: they were written again.`,
      );
    }
  }

  #takeOther(link: Link & { kind: 'out-of-place' | 'unreadable' }): void {
    const place = this.#place(this.#chain.seq + 1);
    if (link.kind === 'unreadable') {
      this.#error(
        'unreadable',
        place,
        `Line ${this.#line} of ${this.#file}, where record ${this.#chain.seq + 1} should be, was changed: ${PROBLEMS[link.problem]}.`,
      );
    } else {
      this.#error(
        'out-of-place',
        this.#place(link.record.seq),
        `Record ${link.record.seq} (line ${this.#line} of ${this.#file}) stands after record ${this.#chain.seq}: it was doubled, moved or put in.`,
      );
    }
  }

  #takeTorn({ length }: SegmentLine, isLast: boolean): void {
    this.#line += 1;
    const place = this.#place(this.#chain.seq + 1);
    if (isLast) {
      this.#error(
        'torn-tail',
        place,
        `The last ${length} bytes of ${this.#file} are no whole record: a crash or a cut. Starting tmuxy sets them aside and records that.`,
      );
    } else {
      this.#error('unreadable', place, `The last line of ${this.#file} is cut off.`);
    }
  }

  /** What records of the log itself say of it. */
  #heed(record: AuditRecord, place: FindingPlace): void {
    if (record.action === PRUNED) {
      const before = record.params?.['before'];
      if (typeof before === 'number') this.#prunedBefore = Math.max(this.#prunedBefore, before);
    } else if (record.action === RECOVERED) {
      this.#note(
        'recovered',
        place,
        `Record ${record.seq} says that an unfinished record was set aside after a crash.`,
      );
    } else if (record.action === DAMAGED) {
      this.#note(
        'damage-told',
        place,
        `Record ${record.seq} says that the log was found damaged when it was opened.`,
      );
    }
  }

  /** Holds what was read so far against the checkpoints of just this size. */
  #compare(): void {
    this.#waiting ??= [...this.#checkpoints.sizes()];
    const size = this.#chain.seq;
    for (let next = this.#waiting[0]; next !== undefined && next <= size; next = this.#waiting[0]) {
      this.#waiting.shift();
      const root = next === size ? this.#chain.root() : undefined;
      // Before the log's first record, or within a gap: that is told where it is found.
      if (root === undefined) continue;
      for (const checkpoint of this.#checkpoints.at(next)) {
        if (equal(checkpoint.root, root)) {
          this.#vouchedFor = next;
        } else if (!this.#chain.isBridged && !this.#rewrittenBy.has(checkpoint.file)) {
          this.#rewrittenBy.add(checkpoint.file);
          const from = (this.#vouchedFor ?? 0) + 1;
          this.#error(
            'rewritten',
            { file: this.#file, seq: from, lastSeq: next },
            `Records ${range(from, next)} are not those that were signed (${where(checkpoint)}): some of them were replaced, and the chain was written again from there.`,
          );
        }
      }
    }
  }

  #tellStart(): void {
    if (this.#firstSeq <= 1) return;
    const place = { file: this.#file, seq: 1, lastSeq: this.#firstSeq - 1 };
    if (this.#prunedBefore >= this.#firstSeq) {
      this.#note(
        'pruned',
        place,
        `Records ${range(1, this.#firstSeq - 1)} were deleted because they were old; the log says so.`,
      );
    } else {
      this.#error(
        'start-missing',
        place,
        `Records ${range(1, this.#firstSeq - 1)} are missing, and the log does not say that they were deleted.`,
      );
    }
  }

  #tellEnd(): void {
    const [missing] = this.#waiting ?? [];
    const last = this.#waiting?.at(-1);
    const size = this.#chain.seq;
    if (missing !== undefined && last !== undefined) {
      const [checkpoint] = this.#checkpoints.at(last);
      this.#error(
        'truncated',
        { file: this.#file, seq: size + 1, lastSeq: last },
        `The log ends with record ${size}, but ${last} records were signed${checkpoint === undefined ? '' : ` (${where(checkpoint)})`}: its end was cut off.`,
      );
      return;
    }
    const tail = size - (this.#vouchedFor ?? 0);
    if (tail > 0 && this.#records > 0) {
      const from = (this.#vouchedFor ?? 0) + 1;
      this.#note(
        'unanchored-tail',
        { file: this.#file, seq: from, lastSeq: size },
        `No checkpoint vouches for the last ${tail} records (${range(from, size)}) yet: if some after them were cut off, nothing shows it.`,
      );
    }
  }

  #place(seq?: number): FindingPlace {
    return { file: this.#file, line: this.#line, ...(seq === undefined ? {} : { seq }) };
  }

  #error(code: FindingCode, place: FindingPlace, message: string): void {
    this.#findings.add('error', code, place, message);
  }

  #note(code: FindingCode, place: FindingPlace, message: string): void {
    this.#findings.add('note', code, place, message);
  }
}

const range = (first: number, last: number): string =>
  first === last ? String(first) : `${first} to ${last}`;

/** A journal gets each checkpoint as one line of JSON. */
function noteOfJournal(line: string): string | undefined {
  if (!line.startsWith('{"checkpoint":')) return undefined;
  try {
    const { checkpoint } = JSON.parse(line) as { readonly checkpoint: unknown };
    return typeof checkpoint === 'string' ? checkpoint : undefined;
  } catch {
    return undefined; // Then it is no note, which is told.
  }
}
