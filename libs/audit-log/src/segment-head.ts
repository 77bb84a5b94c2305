import { fromHex, isHashHex, toHex } from './hex.js';
import type { Primitives } from './primitives.js';
import type { AuditRecord, AuditValue } from './record.js';
import { Tree } from './tree.js';

/** The first record of every segment: it carries the tree so far, so that reading can begin there. */
export const SEGMENT = 'log.segment';
/** The last record of every segment but the last. */
export const ROTATED = 'log.rotated';
/** Says that segments were deleted because they were old. */
export const PRUNED = 'log.pruned';
/** Says that an unfinished record was cut off, after a crash. */
export const RECOVERED = 'log.recovered';
/** Says that the log was found damaged. */
export const DAMAGED = 'log.damaged';

/** What a segment's first record holds, for a tree of all records before it. */
export function segmentParams(tree: Tree): Readonly<Record<string, AuditValue>> {
  return { size: tree.size, frontier: tree.frontier.map(toHex) };
}

/** The tree of all records before this one, in its own words; undefined when it is no segment's first record. */
export function treeOfSegment(primitives: Primitives, record: AuditRecord): Tree | undefined {
  const frontier: unknown = record.params?.['frontier'];
  if (record.action !== SEGMENT || !Array.isArray(frontier)) return undefined;
  const hashes = frontier.filter(isHashHex);
  if (hashes.length !== frontier.length) return undefined;
  try {
    return new Tree(primitives, record.seq - 1, hashes.map(fromHex));
  } catch {
    return undefined; // As many hashes as fit another size.
  }
}
