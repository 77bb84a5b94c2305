import { type LogFiles, NODE_FILES } from '../audit/log/log-files.js';

/** The system's files, of which any operation can be made to fail. */
export interface FaultyFiles {
  readonly files: LogFiles;
  /** Asked before each of these: what to fail with, undefined to go on. `short`: write only so many bytes first. */
  fault: ((operation: keyof LogFiles, bytes: number) => Fault | undefined) | undefined;
}

export interface Fault {
  readonly code: string;
  /** Bytes that are written all the same. */
  readonly short?: number;
}

export function faultyFiles(): FaultyFiles {
  const check = (operation: keyof LogFiles, bytes = 0): void => {
    const found = faulty.fault?.(operation, bytes);
    if (found !== undefined) throw Object.assign(new Error(found.code), { code: found.code });
  };
  const faulty: FaultyFiles = {
    fault: undefined,
    files: {
      ...NODE_FILES,
      open: (path) => {
        check('open');
        return NODE_FILES.open(path);
      },
      create: (path) => {
        check('create');
        return NODE_FILES.create(path);
      },
      write: (fd, bytes) => {
        const found = faulty.fault?.('write', bytes.length);
        const short = Math.min(found?.short ?? 0, bytes.length);
        if (found !== undefined && short > 0) return NODE_FILES.write(fd, bytes.subarray(0, short));
        if (found !== undefined) throw Object.assign(new Error(found.code), { code: found.code });
        return NODE_FILES.write(fd, bytes);
      },
      truncate: (fd, bytes) => {
        check('truncate');
        NODE_FILES.truncate(fd, bytes);
      },
      sync: async (fd) => {
        check('sync');
        await NODE_FILES.sync(fd);
      },
      syncDir: async (dir) => {
        check('syncDir');
        await NODE_FILES.syncDir(dir);
      },
      freeBytes: (dir) => {
        check('freeBytes');
        return NODE_FILES.freeBytes(dir);
      },
    },
  };
  return faulty;
}
