import { type BigIntStats, lstat as lstatCallback } from 'node:fs';
import { isUtf8 } from 'node:buffer';
import { opendir } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { DirectoryEntryView, FileKind } from '#dto';
import { errorCode } from '../config/error-code.js';
import type { ConfinedFiles, OpenedFile } from './confined/confined-files.js';
import { pathAt, selfPath } from './confined/descriptor.js';
import { inodeKey } from './confined/inode-set.js';
import { decodeName } from './confined/name-rules.js';
import type { PinnedRoot } from './confined/walk.js';
import { type PathRefusal, toFileError } from './files.errors.js';
import { isoTime } from './file-times.js';

/** Most names that are listed. */
export const ENTRIES_MAX = 5_000;
/** Most names that are looked at, as those that are left out do not count. */
export const NAMES_MAX = 10_000;
/** Names that are asked about at once. */
const BATCH = 64;
/** Failures that are about this process, and not about the name it asked for. */
const OURS: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'ENOMEM']);
/** The same everywhere, whatever the server's language is; `file2` before `file10`. */
const NAME_ORDER = new Intl.Collator('en', { numeric: true });

const lstat = promisify(
  (path: Buffer, done: (error: NodeJS.ErrnoException | null, stats: BigIntStats) => void) => {
    lstatCallback(path, { bigint: true }, done);
  },
);

export interface ListedDirectory {
  readonly directory: OpenedFile;
  /** Its own, from `/` on. */
  readonly path: Buffer;
  readonly root: Pick<PinnedRoot, 'mounts' | 'closed'>;
}

export interface Listing {
  readonly entries: readonly DirectoryEntryView[];
  readonly truncated: boolean;
}

/**
 * What is in a directory, directories first. Read piece by piece, so that no directory is too large. Names that
 * are not given to anybody are left out; what could not be opened for another reason says why.
 *
 * @throws an error of {@link toFileError}
 */
export async function listDirectory(
  listed: ListedDirectory,
  files: ConfinedFiles,
): Promise<Listing> {
  files.refresh();
  try {
    const { names, truncated } = await readNames(listed, files);
    const entries: DirectoryEntryView[] = [];
    for (let at = 0; at < names.length; at += BATCH) {
      const batch = names.slice(at, at + BATCH);
      const views = await Promise.all(batch.map((name) => viewOf(name, listed, files)));
      entries.push(...views.filter((view) => view !== undefined));
    }
    return { entries: entries.sort(byKindAndName), truncated };
  } catch (error) {
    throw toFileError(error);
  }
}

async function readNames(
  { directory, path }: ListedDirectory,
  files: ConfinedFiles,
): Promise<{ readonly names: readonly Buffer[]; readonly truncated: boolean }> {
  const parent = path.subarray(path.lastIndexOf('/') + 1);
  const names: Buffer[] = [];
  let looked = 0;
  // The types of @types/node know names as text only.
  const entries = await opendir(selfPath(directory.fd), {
    encoding: 'buffer' as BufferEncoding,
    bufferSize: 256,
  });
  for await (const entry of entries) {
    const name: unknown = entry.name;
    if (!Buffer.isBuffer(name)) continue;
    if (++looked > NAMES_MAX) return { names, truncated: true };
    const verdict = files.names.judge(name, parent);
    if (verdict === 'denied-name' || verdict === 'dotfile') continue;
    if (verdict === 'denied-file' && !entry.isDirectory()) continue;
    if (names.length === ENTRIES_MAX) return { names, truncated: true };
    names.push(name);
  }
  return { names, truncated: false };
}

/** @returns undefined for what is not there any more, and for what is the server's own */
async function viewOf(
  name: Buffer,
  { directory, path, root }: ListedDirectory,
  files: ConfinedFiles,
): Promise<DirectoryEntryView | undefined> {
  let stats: BigIntStats;
  try {
    stats = await lstat(pathAt(directory.fd, name));
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT') return undefined;
    if (code === undefined || OURS.has(code)) throw error;
    return unknownView(name, path);
  }
  const refusal = files.refusalOf(stats);
  if (refusal === 'server-file') return undefined;
  const kind = kindOf(stats);
  const isElsewhere = !root.mounts && stats.dev !== directory.stats.dev;
  const isClosed = root.closed?.has(inodeKey(stats)) === true;
  const blocked =
    (isClosed ? 'outside-roots' : refusal) ??
    blockedBy(kind) ??
    (isElsewhere ? 'mount' : undefined);
  return {
    ...namesOf(name, path),
    kind,
    size: kind === 'file' ? Number(stats.size) : 0,
    modified: isoTime(stats.mtimeMs),
    ...(blocked === undefined ? {} : { blocked }),
  };
}

/**
 * What cannot even be looked at, such as another user's FUSE mount, or one whose server is gone: it must not take the
 * others in its directory along.
 */
function unknownView(name: Buffer, path: Buffer): DirectoryEntryView {
  const modified = isoTime(0n);
  return { ...namesOf(name, path), kind: 'other', size: 0, modified, blocked: 'permission' };
}

function namesOf(name: Buffer, path: Buffer): Pick<DirectoryEntryView, 'name' | 'path64'> {
  const whole = Buffer.concat([path, Buffer.from('/'), name]);
  return {
    name: decodeName(name),
    ...(isUtf8(whole) ? {} : { path64: whole.toString('base64url') }),
  };
}

function kindOf(stats: BigIntStats): FileKind {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'directory';
  return stats.isSymbolicLink() ? 'symlink' : 'other';
}

function blockedBy(kind: FileKind): PathRefusal | undefined {
  if (kind === 'symlink') return 'symlink';
  return kind === 'other' ? 'special' : undefined;
}

function byKindAndName(a: DirectoryEntryView, b: DirectoryEntryView): number {
  const order = Number(b.kind === 'directory') - Number(a.kind === 'directory');
  return order === 0 ? NAME_ORDER.compare(a.name, b.name) : order;
}
