import type { Chain } from './chain.js';
import { type CheckpointSet, where } from './checkpoint-set.js';
import { type Findings, range } from './finding.js';
import { equal } from './proofs.js';
import type { AuditRecord } from './record.js';

/** A log is signed at least once a day (`audit.checkpointSeconds`); this is how long it may go on without, at most. */
export const UNSIGNED_MAX_MS = 25 * 3600 * 1000;

/** Holds a log, while it is read, against the checkpoints of just the sizes that it comes by. */
export class Vouching {
  readonly #checkpoints: CheckpointSet;
  readonly #chain: Chain;
  readonly #findings: Findings;
  /** Sizes that are vouched for and not reached yet; known when reading begins. */
  #waiting: number[] | undefined;
  #size: number | null = null;
  readonly #rewrittenBy = new Set<string>();
  /** `ts` of the first and the last record that no checkpoint vouches for. */
  #unsigned: { readonly since: string; until: string } | undefined;

  constructor(checkpoints: CheckpointSet, chain: Chain, findings: Findings) {
    this.#checkpoints = checkpoints;
    this.#chain = chain;
    this.#findings = findings;
  }

  /** Size of the last checkpoint that the log agrees with; null: none. */
  get size(): number | null {
    return this.#size;
  }

  /** To be called between records. @param file the segment that is read */
  compare(file: string): void {
    this.#waiting ??= [...this.#checkpoints.sizes()];
    const size = this.#chain.seq;
    for (let next = this.#waiting[0]; next !== undefined && next <= size; next = this.#waiting[0]) {
      this.#waiting.shift();
      const root = next === size ? this.#chain.root() : undefined;
      // Before the log's first record, or within a gap: that is told where it is found.
      if (root !== undefined) this.#compareWith(next, root, file);
    }
  }

  /** The chain has taken a record. */
  took({ ts }: Pick<AuditRecord, 'ts'>): void {
    if (this.#unsigned === undefined) this.#unsigned = { since: ts, until: ts };
    else this.#unsigned.until = ts;
  }

  /** Says what the checkpoints say of the log's end. */
  tellEnd(file: string, records: number): void {
    this.compare(file);
    const [missing] = this.#waiting ?? [];
    const last = this.#waiting?.at(-1);
    const size = this.#chain.seq;
    if (missing !== undefined && last !== undefined) {
      const [checkpoint] = this.#checkpoints.at(last);
      this.#findings.error(
        'truncated',
        { file, seq: size + 1, lastSeq: last },
        `The log ends with record ${size}, but ${last} records were signed${checkpoint === undefined ? '' : ` (${where(checkpoint)})`}: its end was cut off.`,
      );
      return;
    }
    const from = (this.#size ?? 0) + 1;
    if (size < from || records === 0) return;
    const place = { file, seq: from, lastSeq: size };
    if (this.#isUnsignedTooLong()) {
      this.#findings.error(
        'unsigned',
        place,
        `For more than a day no checkpoint vouches for anything (records ${range(from, size)}): checkpoints were taken away, or could not be written.`,
      );
      return;
    }
    this.#findings.note(
      'unanchored-tail',
      place,
      `No checkpoint vouches for the last ${size - from + 1} records (${range(from, size)}) yet: if some after them were cut off, nothing shows it.`,
    );
  }

  #isUnsignedTooLong(): boolean {
    if (this.#unsigned === undefined) return false;
    const { since, until } = this.#unsigned;
    return Date.parse(until) - Date.parse(since) > UNSIGNED_MAX_MS;
  }

  #compareWith(size: number, root: Uint8Array, file: string): void {
    for (const checkpoint of this.#checkpoints.at(size)) {
      if (equal(checkpoint.root, root)) {
        this.#size = size;
        this.#unsigned = undefined;
      } else if (!this.#chain.isBridged && !this.#rewrittenBy.has(checkpoint.file)) {
        this.#rewrittenBy.add(checkpoint.file);
        const from = (this.#size ?? 0) + 1;
        this.#findings.error(
          'rewritten',
          { file, seq: from, lastSeq: size },
          `Records ${range(from, size)} are not those that were signed (${where(checkpoint)}): some of them were replaced, and the chain was written again from there.`,
        );
      }
    }
  }
}
