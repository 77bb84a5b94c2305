import { fromBase64, toBase64 } from './base64.js';
import { readCheckpoint } from './checkpoint.js';
import { fromHex } from './hex.js';
import { readLine } from './line.js';
import type { Primitives } from './primitives.js';
import { equal, rootFromInclusion } from './proofs.js';
import type { AuditRecord } from './record.js';
import type { VerifierKey } from './signed-note.js';

const HEADER = 'c2sp.org/tlog-proof@v1';
/** Levels of a tree of 2^53 leaves. */
const MAX_HASHES = 53;

/** A record, and what shows that it is in the log (https://c2sp.org/tlog-proof, the record being its `extra`). */
export interface RecordProof {
  /** The record's line without its line feed. */
  readonly line: Uint8Array;
  /** Counted from 0: one less than its `seq`. */
  readonly index: number;
  readonly hashes: readonly Uint8Array[];
  /** The signed note. */
  readonly checkpoint: string;
}

export function formatProof({ line, index, hashes, checkpoint }: RecordProof): string {
  const lines = [HEADER, `extra ${toBase64(line)}`, `index ${index}`, ...hashes.map(toBase64)];
  return `${lines.join('\n')}\n\n${checkpoint}`;
}

/** @returns undefined when it is malformed in any way */
export function parseProof(text: string): RecordProof | undefined {
  const split = text.indexOf('\n\n');
  if (split < 0) return undefined;
  const [header, extra, place, ...encoded] = text.slice(0, split).split('\n');
  const line = fromBase64(/^extra (\S+)$/.exec(extra ?? '')?.[1] ?? '');
  const index = /^index (0|[1-9]\d{0,15})$/.exec(place ?? '')?.[1];
  const hashes = encoded.map(fromBase64).filter((hash) => hash?.length === 32);
  if (header !== HEADER || line === undefined || index === undefined) return undefined;
  if (hashes.length !== encoded.length || hashes.length > MAX_HASHES) return undefined;
  return {
    line,
    index: Number(index),
    hashes: hashes.filter((hash) => hash !== undefined),
    checkpoint: text.slice(split + 2),
  };
}

/** What a proof shows, or why it shows nothing. */
export type CheckedProof =
  | { readonly record: AuditRecord; readonly size: number }
  | 'malformed'
  | 'not-signed'
  | 'other-log'
  | 'changed'
  | 'not-included';

/** Checks a proof by the log's public key alone. */
export function checkProof(primitives: Primitives, key: VerifierKey, text: string): CheckedProof {
  const proof = parseProof(text);
  if (proof === undefined) return 'malformed';
  const checkpoint = readCheckpoint(primitives, key, proof.checkpoint);
  if (typeof checkpoint === 'string') return checkpoint;
  const { record, problem } = readLine(primitives, proof.line);
  if (record === undefined || problem !== undefined) return 'changed';
  if (record.seq !== proof.index + 1) return 'changed';
  const place = { index: proof.index, size: checkpoint.size };
  const root = rootFromInclusion(primitives, place, fromHex(record.hash), proof.hashes);
  if (root === undefined || !equal(root, checkpoint.root)) return 'not-included';
  return { record, size: checkpoint.size };
}
