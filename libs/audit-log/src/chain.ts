import { fromHex } from './hex.js';
import { type LineProblem, NO_HASH, readLine } from './line.js';
import type { Primitives } from './primitives.js';
import type { AuditRecord } from './record.js';
import { Tree } from './tree.js';

/** Most missing records that a tree is gone on with; past it roots are not known until the next segment. */
const MAX_BRIDGED = 1_000_000;
/** Writing processes whose time is watched; the oldest goes first. */
const MAX_EPOCHS = 4096;
const NO_LEAF = new Uint8Array(32);

/** Where a chain is when its next record comes. */
export interface ChainState {
  /** The last record's; 0 before the first. */
  readonly seq: number;
  readonly hash: string;
  /** Undefined: leaves are missing, so that no root is known. */
  readonly tree: Tree | undefined;
}

/** What one line is to the chain. */
export type Link =
  /** The record that had to come. `problem`: but not as it was written. */
  | {
      readonly kind: 'next';
      readonly record: AuditRecord;
      readonly problem?: LineProblem;
      /** It does not name the record before it: one of the two was put there. */
      readonly isBroken: boolean;
      /** Records that should have been before it, the first of them. */
      readonly missingFrom?: number;
      readonly isClockSetBack: boolean;
      readonly isTimeBroken: boolean;
    }
  /** A record of another place: doubled, moved or put in. */
  | { readonly kind: 'out-of-place'; readonly record: AuditRecord }
  /** No record can be made out. */
  | { readonly kind: 'unreadable'; readonly problem: LineProblem };

/**
 * Follows a log line by line. It goes on after whatever it finds, and as writer and verifier go on in the same way,
 * checkpoints that are signed after some damage are right again.
 */
export class Chain {
  readonly #primitives: Primitives;
  #seq = 0;
  /** What the next record may name: of one that was changed, what it says and what it would have to say. */
  #hashes: readonly string[] = [NO_HASH];
  #tree: Tree | undefined;
  #isBridged = false;
  #unreadable = 0;
  #ts = '';
  readonly #mono = new Map<string, number>();

  constructor(primitives: Primitives) {
    this.#primitives = primitives;
    this.#tree = new Tree(primitives);
  }

  get state(): ChainState {
    return { seq: this.#seq, hash: this.hash, tree: this.#tree?.copy() };
  }

  get seq(): number {
    return this.#seq;
  }

  /** What the next record has to name as `prev`. */
  get hash(): string {
    return this.#hashes[0] ?? NO_HASH;
  }

  /** Of the tree so far; undefined when leaves are missing. */
  root(): Uint8Array | undefined {
    return this.#tree?.root();
  }

  /** Begins in the middle of a log, before the record `seq + 1`. */
  jump(seq: number, hash: string, tree: Tree | undefined): void {
    this.#seq = seq;
    this.#hashes = [hash];
    this.#tree = tree;
    this.#isBridged = false;
    this.#unreadable = 0;
  }

  /** Whether leaves of the tree are not known, so that its root may be another than the log's was. */
  get isBridged(): boolean {
    return this.#isBridged || this.#tree === undefined;
  }

  /** Adds the next record, which was written just now. */
  wrote(hash: string): void {
    this.#seq += 1;
    this.#hashes = [hash];
    this.#unreadable = 0;
    this.#tree?.add(fromHex(hash));
  }

  /** Takes the tree from a segment's own words, where leaves are missing. */
  resume(tree: Tree): void {
    this.#tree = tree;
    this.#isBridged = false;
  }

  /** @param bytes a line without its line feed. */
  read(bytes: Uint8Array): Link {
    const { record, problem, computedHash } = readLine(this.#primitives, bytes);
    if (record === undefined) {
      this.#unreadable += 1;
      return { kind: 'unreadable', problem: problem ?? 'not-a-record' };
    }
    const isNext = record.seq === this.#seq + 1;
    if (problem !== undefined && !isNext && !this.#hashes.includes(record.prev)) {
      // Neither its number nor its link can be relied on.
      this.#unreadable += 1;
      return { kind: 'unreadable', problem };
    }
    if (problem === undefined && record.seq <= this.#seq) return { kind: 'out-of-place', record };
    // What was changed but names the record before it stands in its place, whatever number it bears.
    const seq = problem === undefined ? record.seq : this.#seq + 1;
    const gap = seq - this.#seq - 1;
    const missing = gap - this.#unreadable;
    const isBroken = gap === 0 && this.#unreadable === 0 && !this.#hashes.includes(record.prev);
    this.#bridge(gap, record.prev);
    const times = this.#watchTime(record);
    this.#seq = seq;
    this.#hashes = computedHash === undefined ? [record.hash] : [record.hash, computedHash];
    this.#unreadable = 0;
    this.#tree?.add(fromHex(record.hash));
    return {
      kind: 'next',
      record,
      ...(problem === undefined ? {} : { problem }),
      isBroken,
      ...(missing > 0 ? { missingFrom: seq - gap } : {}),
      ...times,
    };
  }

  /** The last of the missing leaves is known from the record after it; the others are taken as zeros. */
  #bridge(gap: number, prev: string): void {
    if (gap > 1) this.#isBridged = true;
    if (gap > MAX_BRIDGED) this.#tree = undefined;
    if (this.#tree === undefined) return;
    for (let left = gap; left > 0; left -= 1) this.#tree.add(left === 1 ? fromHex(prev) : NO_LEAF);
  }

  #watchTime(record: AuditRecord): { isClockSetBack: boolean; isTimeBroken: boolean } {
    const before = this.#mono.get(record.epoch);
    if (before === undefined && this.#mono.size >= MAX_EPOCHS) {
      const [oldest] = this.#mono.keys();
      if (oldest !== undefined) this.#mono.delete(oldest);
    }
    this.#mono.set(record.epoch, record.mono);
    const isClockSetBack = record.ts < this.#ts;
    this.#ts = record.ts;
    return { isClockSetBack, isTimeBroken: before !== undefined && record.mono < before };
  }
}
