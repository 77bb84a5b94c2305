import { InvalidRequestError } from '../../http/app-error.js';
import { PathNotAllowedError } from '../files.errors.js';

/** Longest path, in bytes (Linux PATH_MAX). */
export const PATH_MAX_BYTES = 4096;
/** Longest name, in bytes (Linux NAME_MAX). */
export const NAME_MAX_BYTES = 255;
/** Most names in a path: each is a descriptor more to open. */
export const DEPTH_MAX = 64;

const SLASH = 0x2f;

/** A path as it was asked for: names are bytes, as on the disk. */
export interface AskedPath {
  readonly isAbsolute: boolean;
  readonly names: readonly Buffer[];
}

/**
 * Takes a path apart. Empty names are left out, as POSIX does.
 *
 * @throws InvalidRequestError for what no path can be; PathNotAllowedError for `.` and `..`
 */
export function parsePath(path: Buffer): AskedPath {
  if (path.length === 0) throw new InvalidRequestError('The path is empty.');
  if (path.length > PATH_MAX_BYTES) {
    throw new InvalidRequestError(`The path is longer than ${PATH_MAX_BYTES} bytes.`);
  }
  if (path.includes(0)) throw new InvalidRequestError('A path has no NUL in it.');
  const names = split(path);
  if (names.length > DEPTH_MAX) {
    throw new InvalidRequestError(`The path has more than ${DEPTH_MAX} names.`);
  }
  for (const name of names) {
    if (name.length > NAME_MAX_BYTES) {
      throw new InvalidRequestError(`A name is longer than ${NAME_MAX_BYTES} bytes.`);
    }
  }
  if (names.some(isDotSegment)) throw new PathNotAllowedError('dot-segment');
  return { isAbsolute: path[0] === SLASH, names };
}

/**
 * Checks the name of a file that is to be made.
 *
 * @throws InvalidRequestError; PathNotAllowedError for `.` and `..`
 */
export function checkNewName(name: Buffer): Buffer {
  if (name.includes(SLASH)) throw new InvalidRequestError('A name has no “/” in it.');
  if (name.length > NAME_MAX_BYTES) {
    throw new InvalidRequestError(`A name is longer than ${NAME_MAX_BYTES} bytes.`);
  }
  parsePath(name);
  return name;
}

/** The other way round: `/` and the names. */
export function joinPath(names: readonly Uint8Array[]): Buffer {
  return Buffer.concat(names.flatMap((name) => [Buffer.of(SLASH), name]));
}

function split(path: Buffer): Buffer[] {
  const names: Buffer[] = [];
  let start = 0;
  for (let at = 0; at <= path.length; at++) {
    if (at < path.length && path[at] !== SLASH) continue;
    if (at > start) names.push(path.subarray(start, at));
    start = at + 1;
  }
  return names;
}

function isDotSegment(name: Buffer): boolean {
  return name.equals(Buffer.from('.')) || name.equals(Buffer.from('..'));
}
