import { LOG_CRYPTO } from '#testing';
import { fromHex, toHex } from './hex.js';
import {
  consistencyRanges,
  inclusionRanges,
  isConsistent,
  type LeafRange,
  RangeHasher,
  rootFromInclusion,
} from './proofs.js';
import { Tree } from './tree.js';

/** The leaves and roots that the implementations of Certificate Transparency are tested with. */
const INPUTS = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const leafOf = (data: Uint8Array): Uint8Array => LOG_CRYPTO.sha256(Uint8Array.from([0, ...data]));
const LEAVES = INPUTS.map((input) => leafOf(fromHex(input)));
const MANY = Array.from({ length: 40 }, (_, index) => leafOf(Uint8Array.from([index])));

const treeOf = (leaves: readonly Uint8Array[]): Tree => {
  const tree = new Tree(LOG_CRYPTO);
  for (const leaf of leaves) tree.add(leaf);
  return tree;
};
const hashesOf = (ranges: readonly LeafRange[], leaves: readonly Uint8Array[]): Uint8Array[] => {
  const hasher = new RangeHasher(LOG_CRYPTO, ranges);
  for (const [index, leaf] of leaves.entries()) hasher.add(index, leaf);
  return [...hasher.hashes()!];
};
const flipped = (hash: Uint8Array): Uint8Array =>
  hash.map((byte, at) => (at === 7 ? byte ^ 4 : byte));

describe(Tree.name, () => {
  it('has the roots of RFC 6962 trees', () => {
    for (const [size, root] of ROOTS.entries()) {
      expect(toHex(treeOf(LEAVES.slice(0, size)).root())).toBe(root);
    }
  });

  it('goes on from its frontier', () => {
    for (let size = 0; size <= MANY.length; size += 1) {
      const before = treeOf(MANY.slice(0, size));
      const after = new Tree(LOG_CRYPTO, size, before.frontier);
      for (const leaf of MANY.slice(size)) after.add(leaf);
      expect(toHex(after.root())).toBe(toHex(treeOf(MANY).root()));
    }
  });

  it('does not take a frontier of another size', () => {
    expect(() => new Tree(LOG_CRYPTO, 6, treeOf(MANY.slice(0, 4)).frontier)).toThrow(RangeError);
  });
});

describe(inclusionRanges.name, () => {
  it.each([
    [0, 8, ['96a296d2', '5f083f0a', '6b47aaf2']],
    [5, 8, ['bc1a0643', 'ca854ea1', 'd37ee418']],
    [2, 3, ['fac54203']],
    [1, 5, ['6e340b9c', '5f083f0a', 'bc1a0643']],
    [0, 1, []],
  ])('proves leaf %i of %i as Certificate Transparency does', (index, size, path) => {
    const proof = hashesOf(inclusionRanges(index, size), LEAVES.slice(0, size));
    expect(proof.map((hash) => toHex(hash).slice(0, 8))).toEqual(path);
  });

  it('proves every leaf of every tree, and nothing else', () => {
    for (let size = 1; size <= MANY.length; size += 1) {
      const leaves = MANY.slice(0, size);
      const root = toHex(treeOf(leaves).root());
      for (let index = 0; index < size; index += 1) {
        const proof = hashesOf(inclusionRanges(index, size), leaves);
        const rootOf = (at: number, leaf: Uint8Array, path: readonly Uint8Array[]): string =>
          toHex(rootFromInclusion(LOG_CRYPTO, { index: at, size }, leaf, path) ?? new Uint8Array());
        expect(rootOf(index, leaves[index]!, proof)).toBe(root);
        expect(rootOf(index, flipped(leaves[index]!), proof)).not.toBe(root);
        if (size > 1) expect(rootOf((index + 1) % size, leaves[index]!, proof)).not.toBe(root);
        expect(rootOf(index, leaves[index]!, [...proof, MANY[0]!])).not.toBe(root);
        if (proof.length === 0) continue;
        expect(rootOf(index, leaves[index]!, proof.slice(1))).not.toBe(root);
        expect(rootOf(index, leaves[index]!, proof.map(flipped))).not.toBe(root);
      }
    }
  });

  it('needs of the leaves before the log begins only their frontier', () => {
    for (let begin = 1; begin < MANY.length; begin += 1) {
      for (let index = begin; index < MANY.length; index += 1) {
        const ranges = inclusionRanges(index, MANY.length);
        const hasher = new RangeHasher(LOG_CRYPTO, ranges, treeOf(MANY.slice(0, begin)));
        for (let at = begin; at < MANY.length; at += 1) hasher.add(at, MANY[at]!);
        expect(hasher.hashes()?.map(toHex)).toEqual(hashesOf(ranges, MANY).map(toHex));
      }
    }
  });

  it('has no proof before all leaves were seen', () => {
    const hasher = new RangeHasher(LOG_CRYPTO, inclusionRanges(3, 8));
    for (const [index, leaf] of LEAVES.slice(0, 7).entries()) hasher.add(index, leaf);
    expect(hasher.hashes()).toBeUndefined();
    expect(() => inclusionRanges(8, 8)).toThrow(RangeError);
  });
});

describe(consistencyRanges.name, () => {
  it.each([
    [1, 8, ['96a296d2', '5f083f0a', '6b47aaf2']],
    [6, 8, ['0ebc5d34', 'ca854ea1', 'd37ee418']],
    [2, 5, ['5f083f0a', 'bc1a0643']],
    [1, 1, []],
  ])('proves %i to %i as Certificate Transparency does', (oldSize, size, path) => {
    const proof = hashesOf(consistencyRanges(oldSize, size), LEAVES.slice(0, size));
    expect(proof.map((hash) => toHex(hash).slice(0, 8))).toEqual(path);
  });

  it('proves every tree to be the beginning of every later one, and nothing else', () => {
    for (let size = 1; size <= MANY.length; size += 1) {
      const now = { size, root: treeOf(MANY.slice(0, size)).root() };
      for (let oldSize = 1; oldSize <= size; oldSize += 1) {
        const old = { size: oldSize, root: treeOf(MANY.slice(0, oldSize)).root() };
        const proof = hashesOf(consistencyRanges(oldSize, size), MANY);
        const holds = (...args: [typeof old, typeof now, readonly Uint8Array[]]): boolean =>
          isConsistent(LOG_CRYPTO, ...args);
        expect(holds(old, now, proof)).toBe(true);
        expect(holds({ ...old, root: flipped(old.root) }, now, proof)).toBe(false);
        expect(holds(old, { ...now, root: flipped(now.root) }, proof)).toBe(false);
        expect(holds(old, now, [...proof, MANY[0]!])).toBe(false);
        if (proof.length > 0) expect(holds(old, now, proof.slice(1))).toBe(false);
      }
    }
  });
});
