import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { tempDir, type TempDir, waitFor } from '#testing';
import { NotFoundError } from '../../http/app-error.js';
import { PathNotAllowedError } from '../files.errors.js';
import { ConfinedFiles } from './confined-files.js';
import { closeDescriptor } from './descriptor.js';
import { InodeSet } from './inode-set.js';
import { NameRules } from './name-rules.js';
import { parsePath } from './path-names.js';
import type { PinnedRoot } from './walk.js';

/** Opens of each kind; `tools/trials/race-open.mjs` does many more. */
const OPENS = 10_000;
/** Opens that are under way at once. */
const LANES = 8;
/** Seconds where nothing else is running. */
const TIMEOUT_MS = 120_000;
const SECRET = 'SECRET';

/** Puts the link where the real thing is and back, for as long as it lives. Says so in `swaps`. */
const SWAPPER = `
  const { renameSync, writeFileSync } = require('node:fs');
  process.chdir(process.argv[1]);
  for (let swaps = 0; ; swaps++) {
    for (const [name, real, link] of [['d', 'd.real', 'd.link'], ['f', 'f.real', 'f.link']]) {
      renameSync(name, real);
      renameSync(link, name);
      renameSync(name, link);
      renameSync(real, name);
    }
    if (swaps % 1000 !== 1) continue;
    writeFileSync('../swaps.new', String(swaps));
    renameSync('../swaps.new', '../swaps');
  }
`;

let dir: TempDir;
let root: string;
let swapper: ReturnType<typeof spawn>;

beforeAll(async () => {
  dir = await tempDir('tmuxy-race-');
  root = join(dir.path, 'root');
  for (const made of ['root/d', 'outside']) mkdirSync(join(dir.path, made), { recursive: true });
  writeFileSync(join(root, 'd', 'f'), 'public');
  writeFileSync(join(root, 'f'), 'public');
  writeFileSync(join(dir.path, 'outside', 'f'), SECRET);
  symlinkSync('../outside', join(root, 'd.link'));
  symlinkSync('../outside/f', join(root, 'f.link'));
  swapper = spawn(process.execPath, ['-e', SWAPPER, root], { stdio: 'ignore' });
  await waitFor(() => existsSync(join(dir.path, 'swaps')));
});

afterAll(async () => {
  const exit = once(swapper, 'exit');
  swapper.kill('SIGKILL');
  await exit;
  await dir.remove();
});

const swapsDone = (): number => Number(readFileSync(join(dir.path, 'swaps'), 'utf8'));

/** What a descriptor begins with. */
function beginning(fd: number): string {
  const bytes = Buffer.alloc(16);
  return bytes.toString('latin1', 0, readSync(fd, bytes, 0, bytes.length, 0));
}

/** What everybody writes first. @returns undefined when it refused, or nothing was there */
function naiveRead(path: string): string | undefined {
  let fd: number | undefined;
  try {
    const real = realpathSync(path);
    if (!real.startsWith(`${root}/`)) return undefined;
    fd = openSync(real, 'r');
    return beginning(fd);
  } catch {
    return undefined; // Swapped away at that moment.
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

interface Tally {
  read: number;
  leaked: number;
  refused: number;
}

function count(tally: Tally, content: string | undefined): void {
  if (content === undefined) tally.refused += 1;
  else if (content.includes(SECRET)) tally.leaked += 1;
  else tally.read += 1;
}

const newTally = (): Tally => ({ read: 0, leaked: 0, refused: 0 });

async function confinedRead(
  files: ConfinedFiles,
  pinned: PinnedRoot,
  path: string,
): Promise<string | undefined> {
  try {
    const opened = await files.open(pinned, parsePath(Buffer.from(path)).names);
    try {
      return beginning(opened.fd);
    } finally {
      await opened.close();
    }
  } catch (error) {
    // A link, or nothing, at that moment; anything else is a fault.
    if (error instanceof PathNotAllowedError && error.reason === 'symlink') return undefined;
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

jest.setTimeout(TIMEOUT_MS);

describe('[D19] [D21] a directory and a file that become links and back all the time', () => {
  it('lead whoever checks a path and opens it then out of the root', () => {
    const tally = newTally();
    for (let i = 0; i < 20 * OPENS && tally.leaked === 0; i++) {
      count(tally, naiveRead(join(root, i % 2 === 0 ? 'd/f' : 'f')));
    }
    // The harness works: somebody does get the secret.
    expect(tally.leaked).toBeGreaterThan(0);
  });

  it('lead the confined open nowhere', async () => {
    const files = new ConfinedFiles({
      names: new NameRules({ denyNames: [], dotfiles: true }),
      serverFiles: new InodeSet([], []),
      hardLinks: false,
    });
    const pinned = await files.pin(root, false);
    const tally = newTally();
    const before = swapsDone();
    try {
      const lane = async (first: number): Promise<void> => {
        for (let i = first; i < OPENS; i += LANES) {
          count(tally, await confinedRead(files, pinned, i % 2 === 0 ? 'd/f' : 'f'));
        }
      };
      await Promise.all(Array.from({ length: LANES }, (_, first) => lane(first)));
    } finally {
      await closeDescriptor(pinned.fd);
    }
    expect(tally.leaked).toBe(0);
    expect(tally.read + tally.refused).toBe(OPENS);
    // It was there to be read, it was not there, and both often: the race took place.
    expect(tally.read).toBeGreaterThan(OPENS / 100);
    expect(tally.refused).toBeGreaterThan(OPENS / 100);
    expect(swapsDone()).toBeGreaterThan(before);
  });
});
