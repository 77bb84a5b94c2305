import { join } from 'node:path';
import { LineReader, type SegmentLine } from '#audit-log';
import type { FileLook, LogFiles } from './log-files.js';
import { writeAll } from './write-all.js';
import { LogTamperedError } from './write-failure.js';

const CHUNK_BYTES = 256 * 1024;

/** One open segment, and how far it is known. */
export class SegmentFile {
  readonly name: string;
  readonly fd: number;
  readonly #files: LogFiles;
  readonly #dir: string;
  readonly #look: FileLook;
  #bytes = 0;

  private constructor(files: LogFiles, dir: string, name: string, fd: number) {
    this.#files = files;
    this.#dir = dir;
    this.name = name;
    this.fd = fd;
    this.#look = files.lookAt(fd);
    if (!this.#look.isFile) {
      files.close(fd);
      throw new LogTamperedError('was replaced by something that is no file');
    }
  }

  static open(files: LogFiles, dir: string, name: string): SegmentFile {
    const path = join(dir, name);
    // Looked at first: opening a device may do something.
    if (files.look(path)?.isFile === false) {
      throw new LogTamperedError('was replaced by something that is no file');
    }
    return new SegmentFile(files, dir, name, files.open(path));
  }

  static create(files: LogFiles, dir: string, name: string): SegmentFile {
    return new SegmentFile(files, dir, name, files.create(join(dir, name)));
  }

  /** Where its known whole lines end. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Whether it grew.
   *
   * @throws LogTamperedError when the name does not lead to this very file any more, or it got shorter
   */
  hasMore(): boolean {
    const look = this.#files.look(join(this.#dir, this.name));
    if (look === undefined) throw new LogTamperedError('was deleted or renamed while it was open');
    if (!look.isFile || look.ino !== this.#look.ino || look.dev !== this.#look.dev) {
      throw new LogTamperedError('was replaced by another file while it was open');
    }
    if (look.links !== 1) throw new LogTamperedError('has a second name: somebody linked it');
    if (look.bytes < this.#bytes) throw new LogTamperedError('was cut off while it was open');
    return look.bytes > this.#bytes;
  }

  /** Lines that were added since; those that are whole are then known. @returns bytes of an unfinished last line */
  readMore(onLine: (line: SegmentLine) => void): number {
    const reader = new LineReader();
    const chunk = new Uint8Array(CHUNK_BYTES);
    let position = this.#bytes;
    for (;;) {
      const count = this.#files.read(this.fd, chunk, position);
      if (count === 0) return reader.end()?.length ?? 0;
      position += count;
      for (const line of reader.push(chunk.subarray(0, count))) {
        onLine(line);
        this.#bytes += line.length;
      }
    }
  }

  append(bytes: Uint8Array): void {
    writeAll(this.#files, this.fd, bytes, this.#bytes);
    this.#bytes += bytes.length;
  }

  /** Moves an unfinished last line to a file of its own. @returns that file's name */
  setAside(): string {
    const aside = this.#freeName();
    const fd = this.#files.create(join(this.#dir, aside));
    try {
      const chunk = new Uint8Array(CHUNK_BYTES);
      for (let copied = 0; ;) {
        const count = this.#files.read(this.fd, chunk, this.#bytes + copied);
        if (count === 0) break;
        writeAll(this.#files, fd, chunk.subarray(0, count), copied);
        copied += count;
      }
    } catch (error) {
      this.#files.remove(join(this.#dir, aside));
      throw error;
    } finally {
      this.#files.close(fd);
    }
    this.#files.truncate(this.fd, this.#bytes);
    return aside;
  }

  #freeName(): string {
    for (let number = 1; ; number += 1) {
      const name = `${this.name}.torn-${number}`;
      if (this.#files.look(join(this.#dir, name)) === undefined) return name;
    }
  }
}
