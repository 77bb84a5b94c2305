import { join } from 'node:path';
import { type AuditEntry, LineReader, PRUNED, parseRecord, segmentStart } from '#audit-log';
import { errorCode } from '../../config/error-code.js';
import { SERVER } from '../who.js';
import type { LogFiles } from './log-files.js';

const DAY_MS = 24 * 3600 * 1000;
const EVERY_MS = 3600 * 1000;
/** The first record of a segment is well within it. */
const HEAD_BYTES = 64 * 1024;

export interface PrunerOptions {
  readonly files: LogFiles;
  readonly dir: string;
  /** 0: nothing is ever deleted. */
  readonly keepDays: number;
  readonly now: () => number;
  /** Resolves when the record is on the disk. */
  readonly record: (entry: AuditEntry) => Promise<unknown>;
}

/** Deletes segments whose records are all older than is kept; that is in the log before it is done. */
export class Pruner {
  readonly #options: PrunerOptions;
  readonly #timer: NodeJS.Timeout | undefined;

  constructor(options: PrunerOptions) {
    this.#options = options;
    if (options.keepDays === 0) return;
    this.#timer = setInterval(() => void this.prune(), EVERY_MS).unref();
  }

  /** Looks once. What cannot be recorded or deleted stays for the next time. */
  async prune(): Promise<void> {
    const { files, dir, keepDays, record } = this.#options;
    if (keepDays === 0) return;
    try {
      const old = this.#old();
      const kept = old.next;
      if (old.names.length === 0 || kept === undefined) return;
      await record({
        action: PRUNED,
        ...SERVER,
        params: { before: kept, segments: old.names.length, keepDays },
      });
      for (const name of old.names) remove(files, join(dir, name));
    } catch {
      // The log tells of its own failures; here nothing is lost.
    }
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** Segments to delete, the oldest first, and the `seq` that the log then begins with. */
  #old(): { readonly names: readonly string[]; readonly next: number | undefined } {
    const { files, dir, keepDays, now } = this.#options;
    const names = files.list(dir).filter((name) => segmentStart(name) !== undefined);
    const limit = new Date(now() - keepDays * DAY_MS).toISOString();
    let count = 0;
    // A segment ends when the next begins; so the last is never deleted.
    for (const next of names.slice(1)) {
      const begun = this.#begunAt(next);
      if (begun === undefined || begun >= limit) break;
      count += 1;
    }
    return { names: names.slice(0, count), next: segmentStart(names[count] ?? '') };
  }

  #begunAt(name: string): string | undefined {
    const { files, dir } = this.#options;
    const fd = files.open(join(dir, name));
    try {
      const chunk = new Uint8Array(HEAD_BYTES);
      const count = files.read(fd, chunk, 0);
      const [line] = new LineReader().push(chunk.subarray(0, count));
      return line?.bytes && parseRecord(Buffer.from(line.bytes).toString('utf8'))?.ts;
    } finally {
      files.close(fd);
    }
  }
}

function remove(files: LogFiles, path: string): void {
  try {
    files.remove(path);
  } catch (error) {
    // Another server of this log was faster.
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}
