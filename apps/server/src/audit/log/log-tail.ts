import { join } from 'node:path';
import {
  type AuditEntry,
  Chain,
  NO_HASH,
  type Placement,
  readLine,
  RECOVERED,
  ROTATED,
  SEGMENT,
  segmentName,
  segmentParams,
  segmentStart,
  type SegmentLine,
  Tree,
  treeOfSegment,
  writeRecord,
} from '#audit-log';
import { SERVER } from '../who.js';
import type { LogFiles } from './log-files.js';
import { NODE_PRIMITIVES } from './node-primitives.js';
import { SegmentFile } from './segment-file.js';
import { LogTamperedError } from './write-failure.js';

/** What the writing process adds to each record. */
export type Stamp = () => Pick<Placement, 'ts' | 'mono' | 'host' | 'epoch'>;

export interface LogTailOptions {
  readonly files: LogFiles;
  readonly dir: string;
  readonly segmentBytes: number;
  readonly stamp: Stamp;
}

/** Records that are written at once. */
interface Batch {
  readonly bytes: Uint8Array;
  readonly hashes: readonly string[];
  /** Of the last. */
  readonly ts: string;
}

/**
 * The end of a log on the disk: its last segment and the chain up to there. Everything but `sync` happens at once and
 * under the log's lock.
 */
export class LogTail {
  readonly #options: LogTailOptions;
  readonly #chain = new Chain(NODE_PRIMITIVES);
  #segment: SegmentFile | undefined;
  /** Whether the last record says that another segment follows. */
  #isRotated = false;
  #lastTs = '';
  /** Segments that are written to no more, to be synced and closed. */
  #retired: SegmentFile[] = [];
  #isDirSynced = true;
  /** What was found wrong while opening, for people. */
  #damage: string | undefined;

  constructor(options: LogTailOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#chain.seq;
  }

  /** `ts` of the last record; empty: there is none. */
  get lastTs(): string {
    return this.#lastTs;
  }

  /** The root over all records. */
  root(): Uint8Array {
    const root = this.#chain.root();
    if (root === undefined) throw new Error('a log is never opened without its tree');
    return root;
  }

  /**
   * Reads the last segment, which is enough where it begins as it should, else all.
   *
   * @param onSize told the size after each record, so that the caller can look at the root
   * @returns what was found damaged, in words; undefined: nothing
   */
  open(onSize: (size: number) => void): string | undefined {
    const { files, dir } = this.#options;
    const all = this.#segments();
    // A crash may leave a new segment without its first record.
    const empty = files.look(join(dir, all.at(-1) ?? ''))?.bytes === 0 ? all.at(-1) : undefined;
    const names = empty === undefined ? all : all.slice(0, -1);
    if (!this.#openFrom(names, Math.max(0, names.length - 1), onSize)) {
      this.#openFrom(names, 0, onSize);
    }
    if (empty !== undefined) this.#openEmpty(empty);
    if (this.#chain.root() === undefined) {
      throw new LogTamperedError(
        'misses more records than can be told. Move its directory away, keep it, and start again',
      );
    }
    return this.#damage;
  }

  /** Reads what others wrote since. @returns records that say what was found, to be written first */
  catchUp(): readonly AuditEntry[] {
    const found: AuditEntry[] = [];
    for (;;) {
      if (this.#segment?.hasMore() === true) {
        const torn = this.#segment.readMore((line) => this.#takeOthers(line));
        if (torn > 0) found.push(this.#recover(this.#segment, torn));
      }
      // Without a segment it was empty when it was opened: somebody else may have begun it since.
      if (!this.#isRotated && this.#segment !== undefined) return found;
      const next = segmentName(this.#chain.seq + 1);
      if (this.#options.files.look(join(this.#options.dir, next)) === undefined) return found;
      this.#retire();
      this.#segment = SegmentFile.open(this.#options.files, this.#options.dir, next);
      this.#isRotated = false;
    }
  }

  /** Writes all entries, or none. @returns the `seq` of the first */
  append(entries: readonly AuditEntry[]): number {
    this.#begin();
    let batch = this.#lines(entries);
    const bytes = (this.#segment?.bytes ?? 0) + batch.bytes.length;
    if (bytes > this.#options.segmentBytes && !this.#isNew()) {
      this.#write(this.#lines([{ action: ROTATED, ...SERVER }]));
      this.#isRotated = true;
      this.#begin();
      batch = this.#lines(entries);
    }
    const first = this.#chain.seq + 1;
    this.#write(batch);
    return first;
  }

  /** Resolves when all that was written before is on the disk. */
  async sync(): Promise<void> {
    const { files, dir } = this.#options;
    const retired = this.#retired;
    const fd = this.#segment?.fd;
    const isDirSynced = this.#isDirSynced;
    this.#retired = [];
    this.#isDirSynced = true;
    try {
      for (const segment of retired) await files.sync(segment.fd);
      if (fd !== undefined) await files.sync(fd);
      if (!isDirSynced) await files.syncDir(dir);
    } catch (error) {
      this.#retired = [...retired, ...this.#retired];
      this.#isDirSynced &&= isDirSynced;
      throw error;
    }
    for (const segment of retired) files.close(segment.fd);
  }

  close(): void {
    this.#retire();
    for (const segment of this.#retired) this.#options.files.close(segment.fd);
    this.#retired = [];
  }

  #segments(): readonly string[] {
    return this.#options.files.list(this.#options.dir).filter((name) => segmentStart(name));
  }

  /** @returns whether the segment says what was before it */
  #openFrom(names: readonly string[], from: number, onSize: (size: number) => void): boolean {
    const { files, dir } = this.#options;
    this.#chain.jump(0, NO_HASH, new Tree(NODE_PRIMITIVES));
    this.#damage = undefined;
    for (const [index, name] of names.slice(from).entries()) {
      const isLast = from + index === names.length - 1;
      this.#retire();
      const segment = SegmentFile.open(files, dir, name);
      this.#segment = segment;
      this.#checkOrder(name, index);
      segment.hasMore();
      const reading = { isHead: index === 0, canBegin: true };
      const torn = segment.readMore((line) => {
        if (reading.isHead) reading.canBegin = this.#beginAt(line, from > 0);
        reading.isHead = false;
        if (!reading.canBegin) return;
        this.#takeFound(line, name);
        onSize(this.#chain.seq);
      });
      // Neither can it with a segment that has no whole line.
      if (!reading.canBegin || (reading.isHead && from > 0)) return false;
      if (torn > 0 && !isLast) this.#damage ??= `${name} ends in the middle of a record`;
    }
    return true;
  }

  #checkOrder(name: string, index: number): void {
    if (index === 0) return;
    if (segmentStart(name) !== this.#chain.seq + 1 || !this.#isRotated) {
      this.#damage ??= `${name} does not follow the segment before it`;
    }
    this.#isRotated = false;
  }

  /** @returns whether reading can begin with this line */
  #beginAt({ bytes }: SegmentLine, isMiddle: boolean): boolean {
    const { record, problem } = bytes ? readLine(NODE_PRIMITIVES, bytes) : {};
    const tree = record && treeOfSegment(NODE_PRIMITIVES, record);
    if (record && tree && problem === undefined) {
      this.#chain.jump(record.seq - 1, record.prev, tree);
      return true;
    }
    return !isMiddle;
  }

  /** While opening: whatever was found, the log goes on after it. */
  #takeFound({ bytes }: SegmentLine, name: string): void {
    const link = bytes && this.#chain.read(bytes);
    if (link?.kind !== 'next') {
      this.#damage ??= `after record ${this.#chain.seq}, ${name} holds something else than the next record`;
      return;
    }
    if (link.problem !== undefined || link.isBroken || link.missingFrom !== undefined) {
      this.#damage ??= `record ${link.record.seq} in ${name} is not what was written`;
    }
    this.#noteLast(link.record.action, link.record.ts);
  }

  /** While it is open: others who write keep to the chain. */
  #takeOthers({ bytes }: SegmentLine): void {
    const link = bytes && this.#chain.read(bytes);
    if (
      link?.kind !== 'next' ||
      link.problem !== undefined ||
      link.isBroken ||
      link.missingFrom !== undefined
    ) {
      throw new LogTamperedError('was written to by something else than tmuxy');
    }
    this.#noteLast(link.record.action, link.record.ts);
  }

  #noteLast(action: string, ts: string): void {
    this.#isRotated = action === ROTATED;
    this.#lastTs = ts;
  }

  #recover(segment: SegmentFile, bytes: number): AuditEntry {
    const file = segment.setAside();
    return { action: RECOVERED, ...SERVER, params: { segment: segment.name, bytes, file } };
  }

  /** An empty segment is gone on with where it is the next, else it goes: it promises nothing. */
  #openEmpty(name: string): void {
    const { files, dir } = this.#options;
    const isNext = this.#chain.seq === 0 || this.#isRotated;
    if (!isNext || segmentStart(name) !== this.#chain.seq + 1) {
      files.remove(join(dir, name));
      return;
    }
    this.#retire();
    this.#segment = SegmentFile.open(files, dir, name);
    this.#isRotated = false;
  }

  /** Whether the segment holds no more than its own first record: a second one would be no shorter. */
  #isNew(): boolean {
    return this.#segment === undefined || segmentStart(this.#segment.name) === this.#chain.seq;
  }

  #lines(entries: readonly AuditEntry[]): Batch {
    let seq = this.#chain.seq;
    let prev = this.#chain.hash;
    let text = '';
    const hashes: string[] = [];
    let ts = this.#lastTs;
    for (const entry of entries) {
      seq += 1;
      const placement = { v: 1, seq, ...this.#options.stamp(), prev } as const;
      const { line, hash } = writeRecord(NODE_PRIMITIVES, entry, placement);
      text += `${line}\n`;
      hashes.push(hash);
      prev = hash;
      ts = placement.ts;
    }
    return { bytes: Buffer.from(text, 'utf8'), hashes, ts };
  }

  #write({ bytes, hashes, ts }: Batch): void {
    if (this.#segment === undefined) throw new Error('there is no segment to write to');
    this.#segment.append(bytes);
    for (const hash of hashes) this.#chain.wrote(hash);
    this.#lastTs = ts;
  }

  /** There is a segment to write to after this, with its first record. */
  #begin(): void {
    const { files, dir } = this.#options;
    if (this.#segment === undefined || this.#isRotated) {
      const next = SegmentFile.create(files, dir, segmentName(this.#chain.seq + 1));
      this.#retire();
      this.#segment = next;
      this.#isRotated = false;
      this.#isDirSynced = false;
    }
    if (this.#segment.bytes > 0) return;
    const { tree } = this.#chain.state;
    if (tree === undefined) throw new Error('a log is never opened without its tree');
    this.#write(this.#lines([{ action: SEGMENT, ...SERVER, params: segmentParams(tree) }]));
  }

  #retire(): void {
    if (this.#segment !== undefined) this.#retired.push(this.#segment);
    this.#segment = undefined;
  }
}
