import { join } from 'node:path';
import { NoteSplitter } from '#audit-log';
import type { LogFiles } from './log-files.js';
import { writeAll } from './write-all.js';

const NAME = 'checkpoints';
/** More than two notes: enough to find where the last whole one ends. */
const TAIL_BYTES = 64 * 1024;

/** The log's own copy of its checkpoints, an empty line after each. */
export class CheckpointFile {
  readonly #files: LogFiles;
  readonly #path: string;

  constructor(files: LogFiles, dir: string) {
    this.#files = files;
    this.#path = join(dir, NAME);
  }

  /** The last whole note; what a crash left behind it is cut off. Under the log's lock. */
  repair(): string | undefined {
    if (this.#files.look(this.#path) === undefined) return undefined;
    const fd = this.#files.open(this.#path);
    try {
      const { bytes } = this.#files.lookAt(fd);
      const start = Math.max(0, bytes - TAIL_BYTES);
      const tail = this.#read(fd, start, bytes);
      const whole = tail.subarray(0, wholeNotesEnd(tail));
      if (whole.length < tail.length) this.#files.truncate(fd, start + whole.length);
      return lastNote(whole.toString('utf8'));
    } finally {
      this.#files.close(fd);
    }
  }

  /** Resolves when the note is on the disk. @throws what the system says */
  async add(note: string): Promise<void> {
    const isNew = this.#files.look(this.#path) === undefined;
    const fd = isNew ? this.#files.create(this.#path) : this.#files.open(this.#path);
    try {
      const { bytes } = this.#files.lookAt(fd);
      writeAll(this.#files, fd, Buffer.from(`${note}\n`, 'utf8'), bytes);
      await this.#files.sync(fd);
    } finally {
      this.#files.close(fd);
    }
  }

  #read(fd: number, from: number, to: number): Buffer {
    const bytes = Buffer.alloc(to - from);
    for (let at = 0; at < bytes.length;) {
      const count = this.#files.read(fd, bytes.subarray(at), from + at);
      if (count === 0) return bytes.subarray(0, at);
      at += count;
    }
    return bytes;
  }
}

/** An empty line ends a note; within it, one stands before its signatures. */
function wholeNotesEnd(tail: Buffer): number {
  for (let end = tail.lastIndexOf('\n\n'); end >= 0; end = tail.lastIndexOf('\n\n', end - 1)) {
    const lineStart = tail.lastIndexOf('\n', end - 1) + 1;
    if (tail.subarray(lineStart, end).toString('utf8').startsWith('— ')) return end + 2;
  }
  return 0;
}

function lastNote(text: string): string | undefined {
  const splitter = new NoteSplitter();
  let last: string | undefined;
  for (const line of text.split('\n')) last = splitter.push(line) ?? last;
  return last;
}
