import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  Chain,
  equal,
  formatProof,
  fromHex,
  inclusionRanges,
  LineReader,
  RangeHasher,
  readCheckpoint,
  readLine,
  treeOfSegment,
  type VerifierKey,
} from '#audit-log';
import { NODE_PRIMITIVES } from './node-primitives.js';
import { chunksOf, listLog } from './read-log.js';
import { checkpointNotes } from './verify-log.js';

/** Why there is no proof. */
export type NoProof = 'no-such-record' | 'not-signed-yet' | 'damaged';

export type Proved = { readonly proof: string } | NoProof;

/**
 * Proves that a record is in the log: a text that anybody can check with the public key, without the log.
 *
 * @throws what the system says when the directory cannot be read
 */
export function proveRecord(dir: string, key: VerifierKey, seq: number): Proved {
  const { segments } = listLog(dir);
  const chosen = lastCheckpoint(dir, key);
  if (chosen === undefined || chosen.size < seq) return 'not-signed-yet';
  const index = seq - 1;
  const ranges = inclusionRanges(index, chosen.size);
  const chain = new Chain(NODE_PRIMITIVES);
  let hasher: RangeHasher | undefined;
  let line: Uint8Array | undefined;
  for (const bytes of linesOf(dir, segments)) {
    if (hasher === undefined) {
      // Of a log whose oldest segments were deleted, the first that is left says what it has to.
      const { record } = readLine(NODE_PRIMITIVES, bytes);
      const before = record && treeOfSegment(NODE_PRIMITIVES, record);
      if (record === undefined || before === undefined) return 'damaged';
      if (record.seq > seq) return 'no-such-record';
      chain.jump(record.seq - 1, record.prev, before);
      hasher = new RangeHasher(NODE_PRIMITIVES, ranges, before);
    }
    const link = chain.read(bytes);
    if (link.kind !== 'next' || link.problem !== undefined || link.isBroken) return 'damaged';
    if (link.record.seq === seq) line = new Uint8Array(bytes);
    hasher.add(link.record.seq - 1, fromHex(link.record.hash));
    if (chain.seq === chosen.size) break;
  }
  const hashes = hasher?.hashes();
  const root = chain.root();
  if (line === undefined || hashes === undefined || root === undefined) return 'damaged';
  if (chain.seq !== chosen.size || !equal(root, chosen.root)) return 'damaged';
  return { proof: formatProof({ line, index, hashes, checkpoint: chosen.note }) };
}

interface SignedSize {
  readonly size: number;
  readonly root: Uint8Array;
  readonly note: string;
}

function lastCheckpoint(dir: string, key: VerifierKey): SignedSize | undefined {
  const file = join(dir, 'checkpoints');
  let last: SignedSize | undefined;
  if (!existsSync(file)) return undefined;
  for (const note of checkpointNotes(file)) {
    const read = readCheckpoint(NODE_PRIMITIVES, key, note);
    if (typeof read === 'object' && read.size >= (last?.size ?? 0)) last = { ...read, note };
  }
  return last;
}

function* linesOf(dir: string, segments: readonly string[]): Generator<Uint8Array> {
  for (const name of segments) {
    const reader = new LineReader();
    for (const chunk of chunksOf(dir, name)) {
      for (const { bytes } of reader.push(chunk)) yield bytes ?? new Uint8Array(0);
    }
  }
}
