import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import {
  LineReader,
  MAX_NOTE_LENGTH,
  NoteSplitter,
  type Verification,
  Verifier,
  type VerifierKey,
} from '#audit-log';
import { errorCode } from '../../config/error-code.js';
import { NODE_PRIMITIVES } from './node-primitives.js';
import { chunksOf, chunksOfLast, listLog } from './read-log.js';

/**
 * Verifies the log in `dir` with the public key alone, however large it is.
 *
 * @param checkpointFiles copies of checkpoints that were kept elsewhere, beside the log's own
 * @throws what the system says when the directory or one of those files cannot be read
 */
export function verifyLog(
  dir: string,
  key: VerifierKey,
  checkpointFiles: readonly string[] = [],
): Verification {
  const verifier = new Verifier(NODE_PRIMITIVES, key);
  const own = join(dir, 'checkpoints');
  if (existsSync(own)) verifier.addCheckpoints('checkpoints', noteLines(own), { isOwn: true });
  for (const file of checkpointFiles) verifier.addCheckpoints(file, noteLines(file));
  const { segments, strays } = listLog(dir);
  for (const name of strays) verifier.addStray(name);
  for (const [index, name] of segments.entries()) {
    const isLast = index === segments.length - 1;
    verifier.beginSegment(name);
    try {
      for (const chunk of (isLast ? chunksOfLast : chunksOf)(dir, name)) verifier.push(chunk);
    } catch (error) {
      verifier.failSegment(errorCode(error) ?? 'unknown');
    }
    verifier.endSegment(isLast);
  }
  return verifier.end();
}

/** The notes of a file of checkpoints, checked for nothing. */
export function* checkpointNotes(file: string): Generator<string> {
  const splitter = new NoteSplitter();
  for (const line of noteLines(file)) {
    const note = splitter.push(line);
    if (note !== undefined) yield note;
  }
  const last = splitter.end();
  if (last !== undefined) yield last;
}

/** Lines of a file of checkpoints; one that is longer than any note stands for what is none. */
function* noteLines(file: string): Generator<string> {
  const path = resolve(file);
  const lines = new LineReader();
  const text = (bytes: Uint8Array | undefined): string =>
    bytes === undefined || bytes.length > MAX_NOTE_LENGTH
      ? '\u0000'
      : (NODE_PRIMITIVES.decode(bytes) ?? '\u0000');
  for (const chunk of chunksOf(dirname(path), basename(path))) {
    for (const line of lines.push(chunk)) yield text(line.bytes);
  }
  const last = lines.end();
  if (last !== undefined) yield text(last.bytes);
}
