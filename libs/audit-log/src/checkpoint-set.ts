import { type Checkpoint, readCheckpoint } from './checkpoint.js';
import type { Findings } from './finding.js';
import type { Primitives } from './primitives.js';
import { equal } from './proofs.js';
import type { VerifierKey } from './signed-note.js';

/** A checkpoint and the file it was in. */
export interface Sighting extends Checkpoint {
  readonly file: string;
  /** Which of the file's notes, counted from 1. */
  readonly number: number;
}

/** All checkpoints a log is held against, from itself and from elsewhere. */
export class CheckpointSet {
  readonly #primitives: Primitives;
  readonly #key: VerifierKey;
  readonly #findings: Findings;
  readonly #bySize = new Map<number, Sighting[]>();

  constructor(primitives: Primitives, key: VerifierKey, findings: Findings) {
    this.#primitives = primitives;
    this.#key = key;
    this.#findings = findings;
  }

  add(file: string, number: number, note: string): void {
    const read = readCheckpoint(this.#primitives, this.#key, note);
    const place = { file, line: number };
    switch (read) {
      case 'malformed':
        this.#findings.add(
          'error',
          'checkpoint-malformed',
          place,
          `Note ${number} of ${file} is no checkpoint: it was changed, or this is another file.`,
        );
        return;
      case 'not-signed':
        this.#findings.add(
          'error',
          'checkpoint-not-signed',
          place,
          `Note ${number} of ${file} is not signed by this key: it was changed, or made by somebody else.`,
        );
        return;
      case 'other-log':
        this.#findings.add(
          'error',
          'checkpoint-other-log',
          place,
          `Note ${number} of ${file} is the checkpoint of another log.`,
        );
        return;
      default:
        this.#take({ ...read, file, number });
    }
  }

  /** Sizes that are vouched for, the smallest first. */
  sizes(): readonly number[] {
    return [...this.#bySize.keys()].sort((a, b) => a - b);
  }

  at(size: number): readonly Sighting[] {
    return this.#bySize.get(size) ?? [];
  }

  #take(sighting: Sighting): void {
    const known = this.at(sighting.size);
    // The same again from the same file proves nothing more.
    if (known.some((one) => one.file === sighting.file && equal(one.root, sighting.root))) return;
    const other = known.find((one) => !equal(one.root, sighting.root));
    if (other !== undefined) {
      this.#findings.add(
        'error',
        'checkpoints-contradict',
        { file: sighting.file, line: sighting.number, seq: sighting.size },
        `Two signed checkpoints of ${sighting.size} records differ (${where(other)}, ${where(sighting)}): one log was rolled back and written again, or two have one key.`,
      );
    }
    this.#bySize.set(sighting.size, [...known, sighting]);
  }
}

/** For people. */
export const where = ({ file, number }: Sighting): string => `note ${number} of ${file}`;
