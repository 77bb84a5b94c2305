import { fromBase64, toBase64 } from './base64.js';
import type { Primitives } from './primitives.js';
import { isSignedBy, parseNote, signNote, type VerifierKey } from './signed-note.js';

const SIZE = /^(?:0|[1-9]\d{0,15})$/;

/** What a log vouches for: that it has `size` records, and which (https://c2sp.org/tlog-checkpoint). */
export interface Checkpoint {
  /** Name of the log, which is that of its key. */
  readonly origin: string;
  readonly size: number;
  /** Root hash of the RFC 6962 tree over them, 32 bytes. */
  readonly root: Uint8Array;
}

/** The checkpoint as a signed note. @param sign Ed25519 with the private half of `key` */
export function signCheckpoint(
  primitives: Primitives,
  key: VerifierKey,
  { size, root }: Omit<Checkpoint, 'origin'>,
  sign: (message: Uint8Array) => Uint8Array,
): string {
  return signNote(primitives, key, `${key.name}\n${size}\n${toBase64(root)}\n`, sign);
}

/** What came of reading a note: a checkpoint, or why it is none of this log. */
export type ReadCheckpoint = Checkpoint | 'malformed' | 'not-signed' | 'other-log';

/** Reads a note, which `key` must have signed. */
export function readCheckpoint(
  primitives: Primitives,
  key: VerifierKey,
  text: string,
): ReadCheckpoint {
  const note = parseNote(text);
  if (note === undefined) return 'malformed';
  const [origin, size, root] = note.text.split('\n');
  const bytes = fromBase64(root ?? '');
  if (origin === undefined || !SIZE.test(size ?? '') || bytes?.length !== 32) return 'malformed';
  if (!Number.isSafeInteger(Number(size))) return 'malformed';
  if (!isSignedBy(primitives, note, key)) {
    return origin === key.name ? 'not-signed' : 'other-log';
  }
  return origin === key.name ? { origin, size: Number(size), root: bytes } : 'other-log';
}

/** Longest note that is read, in UTF-16 code units. */
export const MAX_NOTE_LENGTH = 8192;

/**
 * Splits a file of checkpoints, in which an empty line follows each, while it is read line by line. What is no note
 * comes out as well, for somebody to say so.
 */
export class NoteSplitter {
  #lines: string[] = [];
  #length = 0;
  #isSigned = false;

  /** Whether a note has begun that is not over. */
  get isOpen(): boolean {
    return this.#lines.length > 0;
  }

  /** @param line without its line feed. @returns the note that ends with this line, if one does */
  push(line: string): string | undefined {
    const isSignature = line.startsWith('— ');
    if (line === '' && (this.#isSigned || !this.isOpen)) return this.end();
    this.#length += line.length + 1;
    // What goes on and on is none; the parts are no notes either.
    if (this.#length > MAX_NOTE_LENGTH) {
      this.#lines.push('');
      return this.end();
    }
    this.#isSigned ||= isSignature;
    this.#lines.push(line);
    return undefined;
  }

  /** @returns what was begun, if anything was */
  end(): string | undefined {
    const note = this.isOpen ? `${this.#lines.join('\n')}\n` : undefined;
    this.#lines = [];
    this.#length = 0;
    this.#isSigned = false;
    return note;
  }
}
