import {
  closeSync,
  constants,
  existsSync,
  fdatasync,
  fsync,
  fstatSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  type Stats,
  statfsSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { errorCode } from '../../config/error-code.js';

/** What a path or descriptor is. */
export interface FileLook {
  readonly dev: number;
  readonly ino: number;
  /** How many names it has. */
  readonly links: number;
  readonly bytes: number;
  readonly isFile: boolean;
}

/**
 * The few things the log does with files, in one place so that tests can let each of them fail. Writing is
 * synchronous: it ends in the system's cache, and while it runs nobody else may get between. What waits for the disk
 * is not.
 */
export interface LogFiles {
  makeDir(dir: string): void;
  /** Names, sorted. */
  list(dir: string): readonly string[];
  /** Of the name itself, when it is a link; undefined: there is none. */
  look(path: string): FileLook | undefined;
  lookAt(fd: number): FileLook;
  /** A regular file that is there, to read and append; never through a link. */
  open(path: string): number;
  /** A new file for its owner only; fails when the name is taken. */
  create(path: string): number;
  /** @returns how many bytes were read; 0 at the end */
  read(fd: number, into: Uint8Array, position: number): number;
  /** Appends. @returns how many bytes were written, which may be less than all */
  write(fd: number, bytes: Uint8Array): number;
  truncate(fd: number, bytes: number): void;
  close(fd: number): void;
  remove(path: string): void;
  /** Bytes that this user may still write to the disk of `dir`. */
  freeBytes(dir: string): number;
  /** Resolves when what was written to `fd` is on the disk. */
  sync(fd: number): Promise<void>;
  /** Resolves when the names in `dir` are on the disk. */
  syncDir(dir: string): Promise<void>;
}

const { O_APPEND, O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_RDWR } =
  constants;
const fdatasyncOf = promisify(fdatasync);
const fsyncOf = promisify(fsync);

/** The system's own. */
export const NODE_FILES: LogFiles = {
  makeDir,
  list: (dir) => readdirSync(dir).sort(),
  look: (path) => {
    try {
      return lookOf(lstatSync(path));
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return undefined;
      throw error;
    }
  },
  lookAt: (fd) => lookOf(fstatSync(fd)),
  // Not blocking: whoever puts a FIFO there must not stop the server.
  open: (path) => openSync(path, O_RDWR | O_APPEND | O_NOFOLLOW | O_NONBLOCK),
  create: (path) => openSync(path, O_RDWR | O_APPEND | O_NOFOLLOW | O_CREAT | O_EXCL, 0o600),
  read: (fd, into, position) => readSync(fd, into, 0, into.length, position),
  write: (fd, bytes) => writeSync(fd, bytes),
  truncate: (fd, bytes) => {
    ftruncateSync(fd, bytes);
  },
  close: (fd) => {
    closeSync(fd);
  },
  remove: (path) => {
    unlinkSync(path);
  },
  freeBytes: (dir) => {
    const { bavail, bsize } = statfsSync(dir);
    return bavail * bsize;
  },
  sync: (fd) => fdatasyncOf(fd),
  syncDir: async (dir) => {
    const fd = openSync(dir, O_RDONLY | O_DIRECTORY);
    try {
      await fsyncOf(fd);
    } finally {
      closeSync(fd);
    }
  },
};

/** With those it is in. Node's own way never ends where there is a directory in which none can be made, as in `/proc`. */
function makeDir(dir: string): void {
  try {
    mkdirSync(dir, { mode: 0o700 });
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || existsSync(dirname(dir))) throw error;
    makeDir(dirname(dir));
    makeDir(dir);
  }
}

const lookOf = (stats: Stats): FileLook => ({
  dev: stats.dev,
  ino: stats.ino,
  links: stats.nlink,
  bytes: stats.size,
  isFile: stats.isFile(),
});
