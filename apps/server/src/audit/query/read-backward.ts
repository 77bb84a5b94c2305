import { type AuditFinding, findingIn } from './audit-line.js';
import { linesBackward } from './lines-backward.js';
import { type ScanBudget, UNLIMITED, WatchedBudget } from './scan-budget.js';
import { offsetOf } from './seek.js';
import { openSegment, type Segment, segmentsIn } from './segments.js';

export interface BackwardOptions {
  /** Records from this `seq` on are left out. */
  readonly before?: number | undefined;
  readonly budget?: ScanBudget;
}

/** The budget is spent; `before` goes on from here. */
export interface SpentFinding {
  readonly kind: 'spent';
  readonly before: number;
}

/**
 * The records of a log, the newest first, with what is damaged between them. Segments that go away meanwhile
 * are passed over; what is added meanwhile is not seen.
 */
export async function* readBackward(
  dir: string,
  { before = Infinity, budget = UNLIMITED }: BackwardOptions = {},
): AsyncGenerator<AuditFinding | SpentFinding, void, undefined> {
  const watched = new WatchedBudget(budget);
  let below = before;
  let isNewest = true;
  for (;;) {
    const segment = await segmentBelow(dir, below);
    if (segment === undefined) return;
    let lowest: number | undefined;
    for await (const finding of segmentBackward(dir, segment, { before, budget: watched })) {
      // What is being written now is torn only for a moment.
      if (finding.kind === 'damaged' && finding.reason === 'torn' && isNewest) continue;
      if (finding.kind === 'record') lowest = Math.min(lowest ?? Infinity, finding.record.seq);
      yield finding;
    }
    if (watched.isSpent) {
      // Where nothing but damage was found, going on from the same place would never get past it.
      const resume = below < before ? below : segment.firstSeq;
      yield { kind: 'spent', before: lowest ?? resume };
      return;
    }
    below = segment.firstSeq;
    isNewest = false;
  }
}

async function* segmentBackward(
  dir: string,
  segment: Segment,
  { before, budget }: { readonly before: number; readonly budget: ScanBudget },
): AsyncGenerator<AuditFinding, void, undefined> {
  const file = await openSegment(dir, segment);
  if (file === undefined) return;
  try {
    const end = before === Infinity ? (await file.stat()).size : await offsetOf(file, before);
    for await (const lines of linesBackward(file, end, budget)) {
      for (const line of lines) {
        const finding = findingIn(line, segment);
        if (finding.kind !== 'record' || finding.record.seq < before) yield finding;
      }
    }
  } finally {
    await file.close();
  }
}

/** The segment that holds the record before `seq`. */
async function segmentBelow(dir: string, seq: number): Promise<Segment | undefined> {
  return (await segmentsIn(dir)).findLast(({ firstSeq }) => firstSeq < seq);
}
