import { constants } from 'node:fs';
import { type FileHandle, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { segmentStart } from '#audit-log';
import { errorCode } from '../../config/error-code.js';

/** A file of the log. */
export interface Segment {
  /** File name within the log's directory. */
  readonly name: string;
  /** `seq` of its first record, as its name says. */
  readonly firstSeq: number;
}

/** The segments that are there now, the oldest first; none when there is no such directory. */
export async function segmentsIn(dir: string): Promise<readonly Segment[]> {
  const names = await namesIn(dir);
  return names.toSorted().flatMap((name) => {
    const firstSeq = segmentStart(name);
    return firstSeq === undefined ? [] : [{ name, firstSeq }];
  });
}

/**
 * Opens a segment for reading.
 *
 * @returns undefined when it is gone, or no regular file: a link or a pipe may have been put in its place
 */
export async function openSegment(dir: string, { name }: Segment): Promise<FileHandle | undefined> {
  // Not waiting for the other end of a pipe.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  let file: FileHandle;
  try {
    file = await open(join(dir, name), flags);
  } catch (error) {
    if (['ENOENT', 'ELOOP', 'ENXIO'].includes(errorCode(error) ?? '')) return undefined;
    throw error;
  }
  if ((await file.stat()).isFile()) return file;
  await file.close();
  return undefined;
}

async function namesIn(dir: string): Promise<readonly string[]> {
  try {
    return await readdir(dir);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
