import { type AuditFinding, findingIn } from './audit-line.js';
import { linesForward } from './lines-forward.js';
import { type ScanBudget, UNLIMITED, WatchedBudget } from './scan-budget.js';
import { offsetOf } from './seek.js';
import { openSegment, type Segment, segmentsIn } from './segments.js';

export interface ForwardOptions {
  /** `seq` of the first record that is wanted. */
  readonly from?: number | undefined;
  readonly budget?: ScanBudget;
  /**
   * Asked at the end of the log: resolves when it is worth looking for more, with whether to go on at all.
   * Absent: reading ends there.
   */
  readonly more?: () => Promise<boolean>;
}

/**
 * The records of a log, the oldest first, with what is damaged between them. Goes on in the next segment when
 * there is one, also when that appears meanwhile, and passes over segments that go away. A last line without
 * its end is read when it is whole.
 */
export async function* readForward(
  dir: string,
  { from = 1, budget = UNLIMITED, more }: ForwardOptions = {},
): AsyncGenerator<AuditFinding, void, undefined> {
  const watched = new WatchedBudget(budget);
  const place = new ReadingPlace(dir, from);
  for (;;) {
    // Asked before the segment is read: what it holds once there is a next one is all that it ever will.
    const next = await place.next();
    yield* place.rest(watched, next !== undefined);
    if (watched.isSpent) return;
    if (next !== undefined) {
      place.enter(next);
    } else if ((await place.next()) === undefined) {
      if (more === undefined || !(await more())) return;
    }
  }
}

/** How far a log was read. */
class ReadingPlace {
  readonly #dir: string;
  readonly #from: number;
  #segment: Segment | undefined;
  /** Where the next line begins; undefined: still to be looked for. */
  #offset: number | undefined;
  /** Size of the segment when it was last read to its end. */
  #seenSize: number | undefined;
  #lastSeq: number;

  constructor(dir: string, from: number) {
    this.#dir = dir;
    this.#from = from;
    this.#lastSeq = from - 1;
  }

  /** The segment to read after this one; undefined: none yet. */
  async next(): Promise<Segment | undefined> {
    const segments = await segmentsIn(this.#dir);
    const now = this.#segment;
    if (now !== undefined) return segments.find(({ firstSeq }) => firstSeq > now.firstSeq);
    return segments.findLast(({ firstSeq }) => firstSeq <= this.#from) ?? segments[0];
  }

  enter(segment: Segment): void {
    // Only in the first segment there may be records that nobody asked for.
    this.#offset = this.#segment === undefined ? undefined : 0;
    this.#segment = segment;
    this.#seenSize = undefined;
  }

  /** What was not read yet of the segment. @param isClosed whether nothing will be added to it any more */
  async *rest(
    budget: ScanBudget,
    isClosed: boolean,
  ): AsyncGenerator<AuditFinding, void, undefined> {
    const segment = this.#segment;
    if (segment === undefined) return;
    const file = await openSegment(this.#dir, segment);
    if (file === undefined) return;
    try {
      const { size } = await file.stat();
      if (size === this.#seenSize && !isClosed) return;
      // Cut off behind our back: found again by its number.
      if (this.#offset === undefined || size < this.#offset) {
        this.#offset = await offsetOf(file, this.#lastSeq + 1);
      }
      for await (const lines of linesForward(file, this.#offset, budget)) {
        for (const line of lines) {
          if (!line.isEnded && !isClosed) continue;
          const finding = findingIn(line, segment);
          this.#offset = line.offset + line.length + 1;
          if (finding.kind === 'damaged') yield finding;
          else if (finding.record.seq >= this.#from) {
            this.#lastSeq = finding.record.seq;
            yield finding;
          }
        }
      }
      this.#seenSize = size;
    } finally {
      await file.close();
    }
  }
}
