import {
  type BigIntStats,
  close as closeCallback,
  closeSync,
  constants,
  fstat,
  open,
  readFileSync,
} from 'node:fs';
import { promisify } from 'node:util';

/**
 * A descriptor that stands for a place and gives no access to what is there: devices and FIFOs do not notice it
 * (open(2)). Node does not name it; the number is that of every Linux that Node runs on.
 */
export const O_PATH = 0o10000000;

const LOOK = O_PATH | constants.O_NOFOLLOW;
const READ = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;

const openFile = promisify(open);
const closeFile = promisify(closeCallback);
const statFile = promisify(
  (fd: number, done: (error: NodeJS.ErrnoException | null, stats: BigIntStats) => void) => {
    fstat(fd, { bigint: true }, done);
  },
);

/** What descriptor `fd` is of, as a path. Only this process can say it. */
export function selfPath(fd: number): string {
  return `/proc/self/fd/${fd}`;
}

/** Path of `name` in the directory that `fd` is of, whatever that is called by now. */
export function pathAt(fd: number, name: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${selfPath(fd)}/`), name]);
}

/**
 * openat(2) with `O_PATH | O_NOFOLLOW`: a symbolic link is opened as the link it is. Node adds `O_CLOEXEC`.
 *
 * @param name a single name, without `/`
 */
export function lookAt(fd: number, name: Uint8Array): Promise<number> {
  return openFile(pathAt(fd, name), LOOK);
}

/** Opens for reading exactly what `fd`, a descriptor by {@link lookAt}, is of. */
export function reopen(fd: number, isDirectory: boolean): Promise<number> {
  return openFile(selfPath(fd), isDirectory ? READ | constants.O_DIRECTORY : READ);
}

export function statOf(fd: number): Promise<BigIntStats> {
  return statFile(fd);
}

/** Closes a descriptor that was open for reading or writing. */
export function closeDescriptor(fd: number): Promise<void> {
  return closeFile(fd);
}

/** Closes a descriptor by {@link lookAt}: nothing was opened by it, so there is nothing to wait for. */
export function closeLook(fd: number): void {
  closeSync(fd);
}

/** Which mount `fd` is in (proc_pid_fdinfo(5)): told apart also where device numbers are the same. */
export function mountIdOf(fd: number): string {
  const text = readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1');
  const id = /^mnt_id:\s*(\d+)$/m.exec(text)?.[1];
  if (id === undefined) throw new Error('the kernel does not say in which mount a file is');
  return id;
}

/** Whether files can be opened as this module does it. */
export function isConfinementPossible(): boolean {
  return process.platform === 'linux';
}
