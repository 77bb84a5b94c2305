import type { AuditRecordView } from '#dto';
import { awaitsOutcome } from './rows';

/** An outcome is looked for among so many records after its intent: most end before others do much. */
const OUTCOME_WITHIN = 40;
/** Most records of one request, as the server allows. */
const SPAN_MAX = 500;

/** A page without filters. */
export interface Stretch {
  readonly before: number;
  readonly limit: number;
}

/**
 * Where in the log the other halves are: intents of outcomes, and outcomes of intents, which filters or the end of
 * a page left out. The newest first.
 * @param records all that are known
 * @param wanted those of them whose other halves are wanted
 * @param size number of the newest record there is
 */
export function stretchesOfMissing(
  records: readonly AuditRecordView[],
  wanted: readonly AuditRecordView[],
  size: number,
): readonly Stretch[] {
  const spans = missingSpans(records, wanted, size).sort((one, other) => other.to - one.to);
  const merged: Span[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last !== undefined && last.to - Math.min(span.from, last.from) < SPAN_MAX) {
      last.from = Math.min(span.from, last.from);
    } else {
      merged.push({ ...span });
    }
  }
  return merged.map(({ from, to }) => ({ before: to + 1, limit: to - from + 1 }));
}

/** Those of `found` that are the other half of a record, and no other. */
export function otherHalves(
  records: readonly AuditRecordView[],
  found: readonly AuditRecordView[],
): readonly AuditRecordView[] {
  const seqs = new Set(records.map(({ seq }) => seq));
  const intents = new Set(records.map(({ intent }) => intent));
  return found.filter(
    ({ seq, intent }) =>
      !seqs.has(seq) && (intents.has(seq) || (intent !== undefined && seqs.has(intent))),
  );
}

interface Span {
  from: number;
  readonly to: number;
}

function missingSpans(
  records: readonly AuditRecordView[],
  wanted: readonly AuditRecordView[],
  size: number,
): Span[] {
  const seqs = new Set(records.map(({ seq }) => seq));
  const intents = new Set(records.map(({ intent }) => intent));
  return wanted.flatMap((record): Span[] => {
    const { seq, intent } = record;
    if (intent !== undefined) return seqs.has(intent) ? [] : [{ from: intent, to: intent }];
    if (!awaitsOutcome(record) || intents.has(seq) || seq >= size) return [];
    return [{ from: seq + 1, to: Math.min(seq + OUTCOME_WITHIN, size) }];
  });
}
