import { type Findings, type FindingPlace, range } from './finding.js';
import type { AuditRecord } from './record.js';
import { DAMAGED, PRUNED, RECOVERED } from './segment-head.js';

/** What records of the log itself say of what happened to it. */
export class LogHistory {
  readonly #findings: Findings;
  /** `seq` that the log begins with. */
  #firstSeq = 1;
  /** Records before this one may have been deleted. */
  #prunedBefore = 1;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  beginsWith(seq: number): void {
    this.#firstSeq = seq;
  }

  heed(record: AuditRecord, place: FindingPlace): void {
    if (record.action === PRUNED) {
      const before = record.params?.['before'];
      if (typeof before === 'number') this.#prunedBefore = Math.max(this.#prunedBefore, before);
    } else if (record.action === RECOVERED) {
      this.#findings.note(
        'recovered',
        place,
        `Record ${record.seq} says that an unfinished record was set aside after a crash.`,
      );
    } else if (record.action === DAMAGED) {
      this.#findings.note(
        'damage-told',
        place,
        `Record ${record.seq} says that the log was found damaged when it was opened.`,
      );
    }
  }

  /** Says whether what is missing at the beginning was deleted because it was old. */
  tellStart(file: string): void {
    if (this.#firstSeq <= 1) return;
    const place = { file, seq: 1, lastSeq: this.#firstSeq - 1 };
    if (this.#prunedBefore >= this.#firstSeq) {
      this.#findings.note(
        'pruned',
        place,
        `Records ${range(1, this.#firstSeq - 1)} were deleted because they were old; the log says so.`,
      );
    } else {
      this.#findings.error(
        'start-missing',
        place,
        `Records ${range(1, this.#firstSeq - 1)} are missing, and the log does not say that they were deleted.`,
      );
    }
  }
}
