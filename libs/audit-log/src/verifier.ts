import { Chain, type Link } from './chain.js';
import { readCheckpoints } from './checkpoint-lines.js';
import { CheckpointSet } from './checkpoint-set.js';
import { Findings } from './finding.js';
import { toHex } from './hex.js';
import { LineFindings } from './line-findings.js';
import { LineReader, type SegmentLine } from './line-reader.js';
import { readLine } from './line.js';
import { LogHistory } from './log-history.js';
import type { Primitives } from './primitives.js';
import { ReadingPlace } from './reading-place.js';
import { treeOfSegment } from './segment-head.js';
import { segmentStart } from './segment-name.js';
import { SegmentOrder } from './segment-order.js';
import type { VerifierKey } from './signed-note.js';
import type { Verification } from './verification.js';
import { Vouching } from './vouching.js';

/**
 * Verifies a log: checkpoints first, then its segments in the order of their names, each by {@link beginSegment},
 * {@link push} and {@link endSegment}; then {@link end}. Needs memory for one line and the checkpoints.
 */
export class Verifier {
  readonly #primitives: Primitives;
  readonly #chain: Chain;
  readonly #findings = new Findings();
  readonly #checkpoints: CheckpointSet;
  readonly #vouching: Vouching;
  readonly #place = new ReadingPlace();
  readonly #segments: SegmentOrder;
  readonly #history = new LogHistory(this.#findings);
  readonly #told = new LineFindings(this.#findings, this.#place);
  #lines = new LineReader();
  #isFirstOfSegment = true;
  #records = 0;
  #from: string | null = null;
  #until: string | null = null;

  constructor(primitives: Primitives, key: VerifierKey) {
    this.#primitives = primitives;
    this.#chain = new Chain(primitives);
    this.#checkpoints = new CheckpointSet(primitives, key, this.#findings);
    this.#vouching = new Vouching(this.#checkpoints, this.#chain, this.#findings);
    this.#segments = new SegmentOrder(primitives, this.#chain, this.#findings, this.#place);
  }

  /**
   * A file of checkpoints.
   *
   * @param lines without their line feeds
   * @param isOwn whether it is the log's, whose end a crash may have torn
   */
  addCheckpoints(file: string, lines: Iterable<string>, { isOwn = false } = {}): void {
    readCheckpoints({ file, lines, isOwn }, this.#checkpoints, this.#findings);
  }

  beginSegment(file: string): void {
    this.#place.begin(file);
    this.#lines = new LineReader();
    this.#isFirstOfSegment = true;
    this.#segments.begin();
  }

  /** A file beside the segments that looks like one. */
  addStray(file: string): void {
    const message = `${file} is not named as segments are: somebody put it there or renamed it.`;
    this.#findings.error('not-a-segment', { file }, message);
  }

  push(chunk: Uint8Array): void {
    for (const line of this.#lines.push(chunk)) this.#take(line);
  }

  /** @param isLast whether no segment follows */
  endSegment(isLast: boolean): void {
    const rest = this.#lines.end();
    if (rest !== undefined) {
      this.#place.line += 1;
      this.#told.torn(rest.length, this.#chain.seq, isLast);
    }
    this.#segments.end(isLast);
  }

  /** A segment that could not be read to its end, in words. */
  failSegment(reason: string): void {
    const message = `${this.#place.file} could not be read: ${reason}.`;
    this.#findings.error('segment-unreadable', this.#place.at(), message);
  }

  end(): Verification {
    const { file } = this.#place;
    if (this.#records === 0) {
      this.#findings.error('empty', { file }, 'There is no record in this log.');
    }
    this.#history.tellStart(file);
    this.#vouching.tellEnd(file, this.#records);
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
      vouchedFor: this.#vouching.size,
    };
  }

  #take({ bytes, length }: SegmentLine): void {
    this.#place.line += 1;
    if (bytes === undefined) {
      this.#told.tooLong(length);
    } else {
      if (this.#isFirstOfSegment) this.#jumpToStart(bytes);
      this.#vouching.compare(this.#place.file);
      const link = this.#chain.read(bytes);
      if (link.kind === 'next') this.#takeNext(link);
      else this.#told.other(link, this.#chain.seq);
    }
    this.#isFirstOfSegment = false;
  }

  /** A log whose oldest segments were deleted begins with what its first segment says of them. */
  #jumpToStart(bytes: Uint8Array): void {
    if (!this.#segments.isFirst) return;
    const { record, problem } = readLine(this.#primitives, bytes);
    if (record === undefined || problem !== undefined) {
      const start = segmentStart(this.#place.file) ?? 1;
      this.#history.beginsWith(start);
      if (start > 1) this.#chain.jump(start - 1, '', undefined);
    } else if (record.seq > 1) {
      this.#history.beginsWith(record.seq);
      this.#chain.jump(record.seq - 1, record.prev, treeOfSegment(this.#primitives, record));
    }
  }

  #takeNext(link: Link & { kind: 'next' }): void {
    const { record, problem } = link;
    const { seq } = this.#chain;
    this.#records += 1;
    this.#from ??= record.ts;
    this.#until = record.ts;
    this.#told.next(link, seq, this.#isFirstOfSegment && this.#segments.isGapTold);
    if (this.#isFirstOfSegment) this.#segments.takeHead(record, problem);
    this.#segments.took(record);
    this.#vouching.took(record);
    this.#history.heed(record, this.#place.at(seq));
  }
}
