import type { CheckpointSet } from './checkpoint-set.js';
import { NoteSplitter } from './checkpoint.js';
import type { Findings } from './finding.js';
import { parseNote } from './signed-note.js';

/** A file of checkpoints, line by line. */
export interface CheckpointLines {
  readonly file: string;
  /** Without their line feeds. */
  readonly lines: Iterable<string>;
  /** Whether it is the log's, whose end a crash may have torn. */
  readonly isOwn: boolean;
}

/** Takes what a file has, as it is in the log, an anchor's file or a journal. */
export function readCheckpoints(
  { file, lines, isOwn }: CheckpointLines,
  checkpoints: CheckpointSet,
  findings: Findings,
): void {
  const splitter = new NoteSplitter();
  let number = 0;
  for (const line of lines) {
    const note = noteOfJournal(line) ?? splitter.push(line);
    if (note !== undefined) checkpoints.add(file, (number += 1), note);
  }
  const last = splitter.end();
  if (last === undefined) {
    // Of the log's own, what is missing is told by how much of the log nothing vouches for.
    if (number > 0 || isOwn) return;
    const message = `${file} has no checkpoint: it was emptied, or is another file.`;
    findings.error('checkpoints-empty', { file }, message);
    return;
  }
  number += 1;
  if (isOwn && parseNote(last) === undefined) {
    const message = `The last note of ${file} is not whole: a crash while it was written.`;
    findings.note('checkpoint-torn', { file, line: number }, message);
  } else {
    checkpoints.add(file, number, last);
  }
}

/** A journal gets each checkpoint as one line of JSON. */
function noteOfJournal(line: string): string | undefined {
  if (!line.startsWith('{"checkpoint":')) return undefined;
  try {
    const { checkpoint } = JSON.parse(line) as { readonly checkpoint: unknown };
    return typeof checkpoint === 'string' ? checkpoint : undefined;
  } catch {
    return undefined; // Then it is no note, which is told.
  }
}
