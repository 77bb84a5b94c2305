import type { Chain } from './chain.js';
import { type Findings, range } from './finding.js';
import { fromHex } from './hex.js';
import type { LineProblem } from './line.js';
import type { Primitives } from './primitives.js';
import { equal } from './proofs.js';
import type { ReadingPlace } from './reading-place.js';
import type { AuditRecord } from './record.js';
import { ROTATED, treeOfSegment } from './segment-head.js';
import { segmentStart } from './segment-name.js';

/** Whether segments follow each other, begin and end as they should. */
export class SegmentOrder {
  readonly #primitives: Primitives;
  readonly #chain: Chain;
  readonly #findings: Findings;
  readonly #place: ReadingPlace;
  /** Whether no segment before had a line. */
  #isFirst = true;
  #isGapTold = false;
  /** Action of the last record: segments end with `log.rotated`. */
  #lastAction = '';

  constructor(primitives: Primitives, chain: Chain, findings: Findings, place: ReadingPlace) {
    this.#primitives = primitives;
    this.#chain = chain;
    this.#findings = findings;
    this.#place = place;
  }

  get isFirst(): boolean {
    return this.#isFirst;
  }

  /** Whether it was told that records are missing before this segment. */
  get isGapTold(): boolean {
    return this.#isGapTold;
  }

  /** The place is at the beginning of a segment. */
  begin(): void {
    const { file } = this.#place;
    const start = segmentStart(file) ?? 1;
    const expected = this.#chain.seq + 1;
    this.#isGapTold = false;
    if (this.#isFirst) return;
    if (start > expected) {
      this.#isGapTold = true;
      this.#findings.error(
        'segment-missing',
        { file, seq: expected, lastSeq: start - 1 },
        `Before ${file}, records ${range(expected, start - 1)} are missing: a segment was deleted or renamed, or the end of one was cut off.`,
      );
    } else if (start < expected) {
      this.#findings.error(
        'segment-out-of-place',
        { file, seq: start },
        `${file} begins with a record that was there before: it was doubled or renamed.`,
      );
    } else if (this.#lastAction !== ROTATED) {
      this.#findings.error(
        'segment-unclosed',
        { file, seq: start - 1 },
        `The segment before ${file} does not end as segments do.`,
      );
    }
  }

  took({ action }: AuditRecord): void {
    this.#lastAction = action;
  }

  /** The chain has taken the first record of a segment. */
  takeHead(record: AuditRecord, problem: LineProblem | undefined): void {
    if (problem !== undefined) return;
    const { file } = this.#place;
    const { seq } = this.#chain;
    const place = this.#place.at(seq);
    const start = segmentStart(file);
    if (start !== undefined && start !== seq) {
      this.#findings.error(
        'segment-misnamed',
        place,
        `${file} begins with record ${seq}: it was renamed, or its beginning is missing.`,
      );
    }
    const tree = treeOfSegment(this.#primitives, record);
    if (tree === undefined) {
      this.#findings.error('segment-unopened', place, `${file} does not begin as segments do.`);
      return;
    }
    tree.add(fromHex(record.hash));
    const root = this.#chain.root();
    if (root === undefined || this.#chain.isBridged) {
      this.#chain.resume(tree);
      return;
    }
    if (!equal(tree.root(), root)) {
      this.#findings.error(
        'frontier-wrong',
        place,
        `What ${file} says at its beginning of the records before it is not true: they were written again.`,
      );
    }
  }

  /** @param isLast whether no segment follows */
  end(isLast: boolean): void {
    const { file, line } = this.#place;
    // A crash may leave a new segment without its first record.
    if (line === 0 && !isLast) {
      this.#findings.error('segment-unreadable', { file }, `${file} is empty.`);
    }
    this.#isFirst &&= line === 0;
  }
}
