import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tempDir, type TempDir } from '#testing';
import { ConfinedFiles } from './confined-files.js';
import { closeDescriptor } from './descriptor.js';
import { InodeSet } from './inode-set.js';
import { NameRules } from './name-rules.js';
import { parsePath } from './path-names.js';
import type { PinnedRoot } from './walk.js';
import { WALKS_MAX, WALKS_WAITING_MAX } from './walk-gate.js';

let dir: TempDir;
let files: ConfinedFiles;
let root: PinnedRoot;

beforeEach(async () => {
  dir = await tempDir('tmuxy-confined-');
  mkdirSync(join(dir.path, 'root', 'a', 'b'), { recursive: true });
  writeFileSync(join(dir.path, 'root', 'a', 'b', 'f'), 'public');
  symlinkSync('a', join(dir.path, 'root', 'link'));
  files = new ConfinedFiles({
    names: new NameRules({ denyNames: [], dotfiles: false }),
    serverFiles: new InodeSet([], []),
    hardLinks: false,
  });
  root = await files.pin(join(dir.path, 'root'), false);
});

afterEach(async () => {
  await closeDescriptor(root.fd);
  await dir.remove();
});

const names = (path: string): readonly Buffer[] => parsePath(Buffer.from(path)).names;
const descriptors = (): number => readdirSync('/proc/self/fd').length;

/** Status of a walk: `ok`, or the code of what was thrown. */
async function walk(path: string): Promise<string> {
  try {
    await (await files.open(root, names(path))).close();
    return 'ok';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe(ConfinedFiles.name, () => {
  it('leaves no descriptor open, whatever happens', async () => {
    const before = descriptors();
    const paths = ['a/b/f', 'a/b', 'none', 'a/none/x', 'link', 'link/b', 'a/b/f/x', '.ssh', 'a/.x'];
    const codes = await Promise.all(
      Array.from({ length: 400 }, (_, i) => walk(paths[i % paths.length] ?? '')),
    );
    expect(new Set(codes)).toEqual(new Set(['ok', 'not-found', 'path-not-allowed']));
    expect(descriptors()).toBe(before);
    await expect(files.pin(join(dir.path, 'root', 'link'), false)).rejects.toThrow();
    await expect(files.pin(join(dir.path, 'none'), false)).rejects.toThrow();
    await expect(files.pin('/proc/sys', false)).rejects.toMatchObject({ reason: 'mount' });
    await expect(files.pinBelow(root, names('a/b/f'))).rejects.toMatchObject({ reason: 'special' });
    expect(descriptors()).toBe(before);
  });

  it('opens no more at once than it says, and refuses what is too much', async () => {
    const walks = Array.from({ length: WALKS_MAX + WALKS_WAITING_MAX + 10 }, () => walk('a/b/f'));
    const codes = await Promise.all(walks);
    expect(codes.filter((code) => code === 'unavailable')).toHaveLength(10);
    expect(codes.filter((code) => code === 'ok')).toHaveLength(WALKS_MAX + WALKS_WAITING_MAX);
  });

  // With what every machine has mounted: more of it is tried where a test may mount (mounts.integration.spec.ts).
  it('[D23] enters none of the kernel’s file systems, which lie in another', async () => {
    const all = await files.pin('/', false);
    try {
      for (const way of ['proc', 'proc/version', 'sys', 'dev']) {
        await expect(files.open(all, names(way))).rejects.toMatchObject({ reason: 'mount' });
      }
      await (await files.open(all, names('etc'))).close();
    } finally {
      await closeDescriptor(all.fd);
    }
  });

  it('[D27] takes no magic link, wherever it is', async () => {
    const proc = await files.pin('/', true);
    try {
      const ways = [
        'proc/self',
        'proc/1/root',
        'proc/self/fd/0',
        'proc/thread-self/cwd',
        'sys/kernel',
      ];
      for (const way of ways) {
        await expect(files.open(proc, names(way))).rejects.toMatchObject({ reason: 'mount' });
      }
      for (const way of ['dev/null', 'dev/pts/ptmx']) {
        await expect(files.open(proc, names(way))).rejects.toMatchObject({
          code: 'path-not-allowed',
        });
      }
    } finally {
      await closeDescriptor(proc.fd);
    }
  });

  it('[D21] stays in its root when that is moved and another is put there', async () => {
    renameSync(join(dir.path, 'root'), join(dir.path, 'moved'));
    mkdirSync(join(dir.path, 'root', 'a', 'b'), { recursive: true });
    writeFileSync(join(dir.path, 'root', 'a', 'b', 'f'), 'another');
    const opened = await files.open(root, names('a/b/f'));
    expect(readlinkSync(`/proc/self/fd/${opened.fd}`)).toBe(join(dir.path, 'moved/a/b/f'));
    await opened.close();
  });

  it('[D37] says that too much is open, and works again after', async () => {
    // This process cannot start another when it has no descriptors left.
    const limiter = spawn(
      'sh',
      [
        '-c',
        `read -r _; prlimit --pid=${process.pid} --nofile=3: || exit 1; echo low; ` +
          `read -r _; prlimit --pid=${process.pid} --nofile=${await softLimit()}:`,
      ],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    const exit = once(limiter, 'exit');
    const low = once(limiter.stdout, 'data');
    let code: string;
    try {
      limiter.stdin.write('\n');
      expect(String(((await low) as [Buffer])[0])).toBe('low\n');
      code = await walk('a/b/f');
    } finally {
      // The end of its input lets it go on as well.
      limiter.stdin.end();
      await exit;
    }
    expect(code).toBe('unavailable');
    expect(await walk('a/b/f')).toBe('ok');
  });
});

/** How many descriptors this process may have open now. */
async function softLimit(): Promise<string> {
  return (
    /^Max open files\s+(\d+)/m.exec(await readFile('/proc/self/limits', 'utf8'))?.[1] ?? '1024'
  );
}
