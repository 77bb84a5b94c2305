import { createHash } from 'node:crypto';
import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, link, lstat, open, rename, unlink } from 'node:fs/promises';
import { errorCode } from '../../config/error-code.js';
import { ConflictError } from '../../http/app-error.js';
import type { ConfinedFiles, OpenedFile } from '../confined/confined-files.js';
import { pathAt, selfPath } from '../confined/descriptor.js';
import { FileChangedError, PathNotAllowedError } from '../files.errors.js';

const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
const FILE_MODE = 0o644;
const CHUNK_BYTES = 256 * 1024;

/** What a name is to become. */
export interface Placing {
  readonly directory: OpenedFile;
  readonly name: Buffer;
  /** Whether a file of that name is replaced. */
  readonly overwrite: boolean;
}

/** Name under which a file is written until it is whole. `name-rules.ts` gives it to nobody. */
export function temporaryName(id: string): Buffer {
  return Buffer.from(`.tmuxy-upload-${id}`);
}

/**
 * Refuses a name that cannot be had: taken, and not by a file that is to be replaced.
 *
 * @throws ConflictError; PathNotAllowedError for a file of the server
 */
export async function assertFree(
  { directory, name, overwrite }: Placing,
  files: ConfinedFiles,
): Promise<void> {
  const there = await lookAt(directory, name);
  if (there === undefined) return;
  files.refresh();
  if (files.refusalOf(there) === 'server-file') throw new PathNotAllowedError('server-file');
  if (!there.isFile()) {
    throw new ConflictError('There is something of that name already, and it is no file.');
  }
  if (!overwrite) throw nameTaken();
}

/**
 * Copies `part` into a directory and gives it its name in one step, when it is whole and on the disk. Nothing is
 * followed and nothing is overwritten that was not to be, whatever others do there meanwhile.
 *
 * @param id makes the temporary name
 * @returns SHA-256 of what is there now, in hex
 * @throws as {@link assertFree}; errors of the system
 */
export async function placeFile(
  part: string,
  id: string,
  placing: Placing,
  files: ConfinedFiles,
): Promise<string> {
  const { directory, name, overwrite } = placing;
  const temporary = pathAt(directory.fd, temporaryName(id));
  const final = pathAt(directory.fd, name);
  // Left by a server that was killed while it wrote it.
  await removeFile(temporary);
  const target = await open(temporary, NEW_FILE, FILE_MODE);
  try {
    const digest = await copy(part, target);
    await target.sync();
    await assertFree(placing, files);
    if (overwrite) await rename(temporary, final);
    else await linkNew(temporary, final);
    await assertSame(target, directory, name);
    await syncDirectory(directory);
    return digest;
  } finally {
    await target.close();
    await removeFile(temporary);
  }
}

/** Removes what a server left that was killed while it wrote there, unless that may be now. */
export async function removeLeftover(
  directory: OpenedFile,
  id: string,
  beforeMs: number,
): Promise<void> {
  const name = temporaryName(id);
  const there = await lookAt(directory, name);
  if (there?.isFile() !== true || there.mtimeMs >= BigInt(Math.trunc(beforeMs))) return;
  await removeFile(pathAt(directory.fd, name));
}

async function copy(part: string, target: FileHandle): Promise<string> {
  const hash = createHash('sha256');
  const source = await open(part, 'r');
  try {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    for (;;) {
      const { bytesRead } = await source.read(chunk, 0, chunk.length);
      if (bytesRead === 0) return hash.digest('hex');
      const bytes = chunk.subarray(0, bytesRead);
      hash.update(bytes);
      for (let done = 0; done < bytesRead;) {
        done += (await target.write(bytes, done, bytesRead - done)).bytesWritten;
      }
    }
  } finally {
    await source.close();
  }
}

/**
 * Not `rm`: that one looks, and what has become a directory since then it empties, below a link too where it became
 * one once more. unlink(2) takes one name away, and never a directory.
 */
async function removeFile(path: Buffer): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}

async function linkNew(temporary: Buffer, final: Buffer): Promise<void> {
  try {
    await link(temporary, final);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') throw nameTaken(error);
    throw error;
  }
}

/** Whoever may write there could have put another file in the place of the temporary one. */
async function assertSame(target: FileHandle, directory: OpenedFile, name: Buffer): Promise<void> {
  const [written, there] = await Promise.all([
    target.stat({ bigint: true }),
    lookAt(directory, name),
  ]);
  if (there?.ino !== written.ino || there.dev !== written.dev) {
    throw new FileChangedError('Somebody else changed the file at the same time; look at it.');
  }
}

async function lookAt(directory: OpenedFile, name: Buffer): Promise<BigIntStats | undefined> {
  try {
    return await lstat(pathAt(directory.fd, name), { bigint: true });
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** So that the name is on the disk as well. */
async function syncDirectory({ fd }: OpenedFile): Promise<void> {
  const handle = await open(selfPath(fd), constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function nameTaken(cause?: unknown): ConflictError {
  return new ConflictError('There is a file of that name already.', { cause });
}
