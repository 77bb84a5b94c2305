import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { tempDir, type TempDir, waitFor } from '#testing';
import { ConfinedFiles, type OpenedFile } from '../confined/confined-files.js';
import { closeDescriptor } from '../confined/descriptor.js';
import { InodeSet } from '../confined/inode-set.js';
import { NameRules } from '../confined/name-rules.js';
import type { PinnedRoot } from '../confined/walk.js';
import { placeFile, removeLeftover, temporaryName } from './place-file.js';

const ID = '0'.repeat(24);
/** What somebody else has in the root, and outside; nothing of it may go. */
const FILES = ['a', 'b', 'c'];
const ROUNDS = 500;

const files = new ConfinedFiles({
  names: new NameRules({ denyNames: [], dotfiles: false }),
  serverFiles: new InodeSet([], []),
  hardLinks: false,
});
let dir: TempDir;
let pinned: PinnedRoot;
let directory: OpenedFile;

const inRoot = (name: string | Buffer): string => join(dir.path, 'root', name.toString());

beforeEach(async () => {
  dir = await tempDir('tmuxy-place-');
  for (const name of ['root', 'root/theirs', 'outside']) mkdirSync(join(dir.path, name));
  for (const name of FILES) {
    writeFileSync(inRoot(`theirs/${name}`), 'theirs');
    writeFileSync(join(dir.path, 'outside', name), 'outside');
  }
  symlinkSync('../outside', inRoot('link'));
  writeFileSync(join(dir.path, 'part'), 'new');
  pinned = await files.pin(join(dir.path, 'root'), false);
  directory = await files.open(pinned, []);
});

afterEach(async () => {
  await directory.close();
  await closeDescriptor(pinned.fd);
  await dir.remove();
});

/** Puts a directory, then a link, where the temporary file is and back, for as long as it lives. */
const SWAPPER = `
  const { renameSync, symlinkSync, writeFileSync } = require('node:fs');
  const attempt = (work) => {
    try { work(); } catch (error) { if (error.syscall === undefined) throw error; }
  };
  const move = (from, to) => attempt(() => renameSync(from, to));
  const temporary = process.argv[2];
  process.chdir(process.argv[1]);
  writeFileSync('../swaps', '');
  for (;;) {
    move(temporary, 'taken');
    for (const name of ['theirs', 'link']) {
      move(name, temporary);
      move(temporary, name);
    }
    move('taken', temporary);
    // One of that name may be taken away, as it is nothing but a name.
    attempt(() => symlinkSync('../outside', 'link'));
  }
`;

/** Does it again and again while somebody swaps, whatever becomes of it. @returns how often it failed */
async function whileSwapped(work: (round: number) => Promise<unknown>): Promise<number> {
  const name = temporaryName(ID).toString();
  const swapper = spawn(process.execPath, ['-e', SWAPPER, inRoot(''), name], { stdio: 'ignore' });
  const exit = once(swapper, 'exit');
  let failed = 0;
  try {
    await waitFor(() => existsSync(join(dir.path, 'swaps')));
    for (let round = 0; round < ROUNDS; round++) await work(round).catch(() => failed++);
  } finally {
    swapper.kill('SIGKILL');
    await exit;
  }
  return failed;
}

/** Theirs may have been left under the other name when the swapper ended. */
function expectAllThere(): void {
  const theirs = ['theirs', temporaryName(ID).toString()].map(inRoot).find(isDirectory) ?? '';
  expect(readdirSync(theirs).sort()).toEqual(FILES);
  expect(readdirSync(join(dir.path, 'outside')).sort()).toEqual(FILES);
}

const isDirectory = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

describe('[D19] [D21] a temporary file that becomes a directory and a link while it is taken away', () => {
  it('takes nothing with it at the end of an upload', async () => {
    const failed = await whileSwapped((round) => {
      const placing = { directory, name: Buffer.from(`new${round}`), overwrite: false };
      return placeFile(join(dir.path, 'part'), ID, placing, files);
    });
    expect(failed).toBeGreaterThan(0);
    expectAllThere();
  });

  it('takes nothing with it when it was left behind', async () => {
    const failed = await whileSwapped(async () => {
      const temporary = inRoot(temporaryName(ID));
      if (!existsSync(temporary)) writeFileSync(temporary, 'left');
      await removeLeftover(directory, ID, Date.now() + 60_000);
    });
    expect(failed).toBeGreaterThan(0);
    expectAllThere();
  });
});

it('what a killed server left of the same upload is no hindrance', async () => {
  writeFileSync(inRoot(temporaryName(ID)), 'half');
  await placeFile(
    join(dir.path, 'part'),
    ID,
    { directory, name: Buffer.from('new'), overwrite: false },
    files,
  );
  expect(readFileSync(inRoot('new'), 'utf8')).toBe('new');
  expect(readdirSync(inRoot('')).sort()).toEqual(['link', 'new', 'theirs']);
});
