export type {
  AuditActor,
  AuditDecision,
  AuditEntry,
  AuditOutcome,
  AuditRecord,
  AuditValue,
} from './record.js';
export type { Primitives } from './primitives.js';
export { fromBase64, toBase64 } from './base64.js';
export { fromHex, toHex } from './hex.js';
export { MAX_LINE_BYTES, MAX_STRING } from './bounds.js';
export { canonicalJson, type CanonicalInput } from './canonical-json.js';
export {
  encodeRecord,
  NO_HASH,
  parseRecord,
  readLine,
  writeRecord,
  type LineProblem,
  type Placement,
  type ReadLine,
  type Unhashed,
  type WrittenRecord,
} from './line.js';
export { LineReader, type SegmentLine } from './line-reader.js';
export { segmentName, segmentStart } from './segment-name.js';
export {
  DAMAGED,
  PRUNED,
  RECOVERED,
  ROTATED,
  SEGMENT,
  segmentParams,
  treeOfSegment,
} from './segment-head.js';
export { Chain, type ChainState, type Link } from './chain.js';
export { nodeHash, Tree } from './tree.js';
export {
  consistencyRanges,
  equal,
  inclusionRanges,
  isConsistent,
  RangeHasher,
  rootFromInclusion,
  type LeafRange,
} from './proofs.js';
export {
  formatVerifierKey,
  isKeyName,
  isSignedBy,
  parseNote,
  parseVerifierKey,
  signNote,
  type SignedNote,
  type VerifierKey,
} from './signed-note.js';
export {
  MAX_NOTE_LENGTH,
  NoteSplitter,
  readCheckpoint,
  signCheckpoint,
  type Checkpoint,
  type ReadCheckpoint,
} from './checkpoint.js';
export {
  checkProof,
  formatProof,
  parseProof,
  type CheckedProof,
  type RecordProof,
} from './tlog-proof.js';
export type { Finding, FindingCode, FindingLevel, FindingPlace } from './finding.js';
export type { Verification } from './verification.js';
export { Verifier } from './verifier.js';
export { UNSIGNED_MAX_MS } from './vouching.js';
