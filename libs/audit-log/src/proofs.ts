import type { Primitives } from './primitives.js';
import { nodeHash, Tree } from './tree.js';

/** Leaves `start` … `end - 1`, counted from 0; a proof is the hashes of the trees over some of them. */
export interface LeafRange {
  readonly start: number;
  readonly end: number;
}

/** Which ranges prove that leaf `index` is in a tree of `size` leaves, from the leaf up (RFC 6962 §2.1.1). */
export function inclusionRanges(index: number, size: number): readonly LeafRange[] {
  if (!(index >= 0 && index < size)) throw new RangeError('no such leaf');
  const ranges: LeafRange[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + splitOf(end - start);
    if (index < middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      start = middle;
    }
  }
  return ranges.reverse();
}

/** Which ranges prove that a tree of `oldSize` leaves is the beginning of one of `size` (RFC 6962 §2.1.2). */
export function consistencyRanges(oldSize: number, size: number): readonly LeafRange[] {
  if (!(oldSize >= 1 && oldSize <= size)) throw new RangeError('no such tree');
  const ranges: LeafRange[] = [];
  let [start, end] = [0, size];
  let isWhole = true;
  while (end !== oldSize) {
    const middle = start + splitOf(end - start);
    if (oldSize <= middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      start = middle;
      isWhole = false;
    }
  }
  if (!isWhole) ranges.push({ start, end });
  return ranges.reverse();
}

/** Hashes ranges while all leaves pass by once, in their order. */
export class RangeHasher {
  readonly #ranges: readonly { readonly range: LeafRange; readonly tree: Tree }[];

  /** @param before a tree of the leaves that do not pass by; a proof about later ones needs no more of them */
  constructor(primitives: Primitives, ranges: readonly LeafRange[], before = new Tree(primitives)) {
    this.#ranges = ranges.map((range) => ({ range, tree: treeWithin(primitives, range, before) }));
  }

  add(index: number, leaf: Uint8Array): void {
    this.#ranges.find(({ range }) => index >= range.start && index < range.end)?.tree.add(leaf);
  }

  /** @returns the proof; undefined when leaves of it have not passed by */
  hashes(): readonly Uint8Array[] | undefined {
    const isWhole = this.#ranges.every(({ range, tree }) => tree.size === range.end - range.start);
    return isWhole ? this.#ranges.map(({ tree }) => tree.root()) : undefined;
  }
}

/** What of `range` is known from a tree of the leaves before: those of its perfect subtrees that lie within. */
function treeWithin(primitives: Primitives, range: LeafRange, before: Tree): Tree {
  const peaks = peakRanges(before.size).map((peak, at) => ({ ...peak, hash: before.frontier[at] }));
  const within = peaks.filter(({ start, end }) => start >= range.start && end <= range.end);
  const size = within.reduce((sum, { start, end }) => sum + end - start, 0);
  const hashes = within.map(({ hash }) => hash).filter((hash) => hash !== undefined);
  return new Tree(primitives, size, hashes);
}

/** The perfect subtrees of a tree, the largest first. */
function peakRanges(size: number): readonly LeafRange[] {
  const ranges: LeafRange[] = [];
  for (let start = 0; start < size;) {
    let width = 1;
    while (width * 2 <= size - start) width *= 2;
    ranges.push({ start, end: start + width });
    start += width;
  }
  return ranges;
}

/** @returns the root that this proof leads to; undefined when it is of a wrong length (RFC 9162 §2.1.3.2) */
export function rootFromInclusion(
  primitives: Primitives,
  place: { readonly index: number; readonly size: number },
  leaf: Uint8Array,
  proof: readonly Uint8Array[],
): Uint8Array | undefined {
  let [at, last] = [place.index, place.size - 1];
  if (!(at >= 0 && at <= last)) return undefined;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) return undefined;
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(primitives, sibling, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      hash = nodeHash(primitives, hash, sibling);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 ? hash : undefined;
}

/** Whether the proof shows that the tree of `old` is the beginning of that of `now` (RFC 9162 §2.1.4.2). */
export function isConsistent(
  primitives: Primitives,
  old: { readonly size: number; readonly root: Uint8Array },
  now: { readonly size: number; readonly root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  if (!(old.size >= 1 && old.size <= now.size)) return false;
  if (old.size === now.size) return proof.length === 0 && equal(old.root, now.root);
  let [at, last] = [old.size - 1, now.size - 1];
  while (at % 2 === 1) [at, last] = [half(at), half(last)];
  // A tree that is one whole subtree is not in the proof: its root is known.
  const path = at === 0 ? [old.root, ...proof] : [...proof];
  const first = path.shift();
  if (first === undefined || proof.length === 0) return false;
  let [oldHash, hash] = [first, first];
  for (const sibling of path) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      oldHash = nodeHash(primitives, sibling, oldHash);
      hash = nodeHash(primitives, sibling, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      hash = nodeHash(primitives, hash, sibling);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && equal(oldHash, old.root) && equal(hash, now.root);
}

/** Whether two hashes are the same; none of them is secret. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

const half = (value: number): number => Math.floor(value / 2);

/** The largest power of two below `size`, where a tree of more than one leaf is split. */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}
