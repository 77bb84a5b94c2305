import type { Primitives } from './primitives.js';

/** Hash of a tree without leaves is that of no bytes (RFC 6962 §2.1). */
const NO_BYTES = new Uint8Array(0);
const NODE = 0x01;
/** Filled and hashed within one call, so all trees share it. */
const INPUT = new Uint8Array(65);

/** Hash of an inner node: SHA-256(0x01 ‖ left ‖ right) (RFC 6962 §2.1). */
export function nodeHash({ sha256 }: Primitives, left: Uint8Array, right: Uint8Array): Uint8Array {
  INPUT[0] = NODE;
  INPUT.set(left, 1);
  INPUT.set(right, 33);
  return sha256(INPUT);
}

/**
 * An RFC 6962 tree that leaves are added to, held as the roots of its perfect subtrees, the largest first: one for
 * each bit that is set in its size.
 */
export class Tree {
  readonly #primitives: Primitives;
  #size: number;
  readonly #peaks: Uint8Array[];

  /** @param frontier what `frontier` of a tree of this size was. @throws RangeError when it does not fit the size */
  constructor(primitives: Primitives, size = 0, frontier: readonly Uint8Array[] = []) {
    if (peaksOf(size) !== frontier.length) throw new RangeError('frontier and size do not fit');
    this.#primitives = primitives;
    this.#size = size;
    this.#peaks = [...frontier];
  }

  get size(): number {
    return this.#size;
  }

  get frontier(): readonly Uint8Array[] {
    return [...this.#peaks];
  }

  copy(): Tree {
    return new Tree(this.#primitives, this.#size, this.#peaks);
  }

  /** @param leaf the leaf's hash, not what it is of */
  add(leaf: Uint8Array): void {
    let hash = leaf;
    // A carry, as in adding one to the size.
    for (let rest = this.#size; rest % 2 === 1; rest = (rest - 1) / 2) {
      const left = this.#peaks.pop();
      if (left === undefined) throw new RangeError('frontier and size do not fit');
      hash = nodeHash(this.#primitives, left, hash);
    }
    this.#peaks.push(hash);
    this.#size += 1;
  }

  root(): Uint8Array {
    const last = this.#peaks.at(-1);
    if (last === undefined) return this.#primitives.sha256(NO_BYTES);
    return this.#peaks
      .slice(0, -1)
      .reduceRight((right, left) => nodeHash(this.#primitives, left, right), last);
  }
}

/** How many bits are set in `size`. */
function peaksOf(size: number): number {
  let count = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2;
  return count;
}
