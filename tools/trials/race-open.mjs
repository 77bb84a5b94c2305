// `node tools/trials/race-open.mjs --opens 200000`: opens files below a root while another process exchanges a directory
// and a file there with links that lead out of it, once as everybody writes it first (realpath, compare, open) and once as
// the server does. Prints what each gave. Status 1 when the server gave anything of outside.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, readSync, realpathSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    opens: { type: 'string', default: '20000' },
    /** Runs the sources; needs `--import ./tools/trials/from-source.mjs`. */
    source: { type: 'boolean', default: false },
    /** `rename`: by four renames, so that at times nothing is there. `exchange`: renameat2(2), in one step, by python3. */
    swap: { type: 'string', default: 'rename' },
  },
});

const SECRET = 'SECRET';
/** Opens under way at once. */
const LANES = 8;

const BY_RENAME = `
  const { renameSync, writeFileSync } = require('node:fs');
  process.chdir(process.argv[1]);
  for (let swaps = 1; ; swaps += 2) {
    for (const [name, real, link] of [['d', 'd.real', 'd.link'], ['f', 'f.real', 'f.link']]) {
      renameSync(name, real);
      renameSync(link, name);
      renameSync(name, link);
      renameSync(real, name);
    }
    if (swaps % 1001 !== 1) continue;
    writeFileSync('../swaps.new', String(swaps));
    renameSync('../swaps.new', '../swaps');
  }
`;

const BY_EXCHANGE = `
import ctypes, os, sys
os.chdir(sys.argv[1])
exchange = ctypes.CDLL(None).renameat2
swaps = 0
while True:
    for name in (b'd', b'f'):
        exchange(-100, name, -100, name + b'.link', 2)
    swaps += 1
    if swaps % 1000 == 1:
        with open('../swaps.new', 'w') as file: file.write(str(swaps))
        os.rename('../swaps.new', '../swaps')
`;

/** @param {string} name of a module below `files/confined` @returns {Promise<Record<string, any>>} */
function load(name) {
  const folder = values.source ? '../../apps' : '../../dist/apps';
  const suffix = values.source ? 'ts' : 'js';
  const path = `${folder}/server/src/files/confined/${name}.${suffix}`;
  return import(new URL(path, import.meta.url).href);
}

/** @param {number} fd */
function beginning(fd) {
  const bytes = Buffer.alloc(16);
  return bytes.toString('latin1', 0, readSync(fd, bytes, 0, bytes.length, 0));
}

/** @param {string} root @param {string} path */
function naiveRead(root, path) {
  /** @type {number | undefined} */
  let fd;
  try {
    const real = realpathSync(join(root, path));
    if (!real.startsWith(`${root}/`)) return undefined;
    fd = openSync(real, 'r');
    return beginning(fd);
  } catch {
    return undefined; // Swapped away at that moment.
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

/** @param {string} root */
async function confinedReader(root) {
  const { ConfinedFiles } = await load('confined-files');
  const { InodeSet } = await load('inode-set');
  const { NameRules } = await load('name-rules');
  const { parsePath } = await load('path-names');
  const files = new ConfinedFiles({
    names: new NameRules({ denyNames: [], dotfiles: false }),
    serverFiles: new InodeSet([], []),
    hardLinks: false,
  });
  const pinned = await files.pin(root, false);
  /** @param {string} path */
  return async (path) => {
    let opened;
    try {
      opened = await files.open(pinned, parsePath(Buffer.from(path)).names);
      return beginning(opened.fd);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'path-not-allowed' || code === 'not-found') return undefined;
      throw error;
    } finally {
      await opened?.close();
    }
  };
}

/**
 * @param {string} who
 * @param {number} opens
 * @param {(path: string) => string | undefined | Promise<string | undefined>} read
 */
async function tally(who, opens, read) {
  const seen = { given: 0, refused: 0, leaked: 0 };
  const begunAt = performance.now();
  /** @param {number} first */
  const lane = async (first) => {
    for (let i = first; i < opens; i += LANES) {
      const content = await read(i % 2 === 0 ? 'd/f' : 'f');
      if (content === undefined) seen.refused += 1;
      else if (content.includes(SECRET)) seen.leaked += 1;
      else seen.given += 1;
    }
  };
  await Promise.all(Array.from({ length: LANES }, (_, first) => lane(first)));
  const micros = Math.round(((performance.now() - begunAt) * 1000) / opens);
  console.log(
    `${who}: ${opens} opens, ${seen.given} given, ${seen.refused} refused, ${seen.leaked} leaked; ${micros} µs each`,
  );
  return seen.leaked;
}

const dir = await mkdtemp(join(tmpdir(), 'tmuxy-race-'));
const root = join(dir, 'root');
for (const name of ['root/d', 'outside']) await mkdir(join(dir, name), { recursive: true });
await writeFile(join(root, 'd', 'f'), 'public');
await writeFile(join(root, 'f'), 'public');
await writeFile(join(dir, 'outside', 'f'), SECRET);
await symlink('../outside', join(root, 'd.link'));
await symlink('../outside/f', join(root, 'f.link'));
await writeFile(join(dir, 'swaps'), '0');
const swaps = () => Number(readFileSync(join(dir, 'swaps'), 'utf8'));

const swapper =
  values.swap === 'exchange'
    ? spawn('python3', ['-c', BY_EXCHANGE, root], { stdio: ['ignore', 'ignore', 'inherit'] })
    : spawn(process.execPath, ['-e', BY_RENAME, root], { stdio: ['ignore', 'ignore', 'inherit'] });
const exit = once(swapper, 'exit');
try {
  while (swaps() === 0 && swapper.exitCode === null) await setTimeout(10);
  const opens = Number(values.opens);
  const naive = await tally('realpath, compare, open', opens, (path) => naiveRead(root, path));
  const before = swaps();
  const leaked = await tally('confined', opens, await confinedReader(root));
  console.log(`${swaps() - before} swaps (${values.swap}) during the last of them`);
  if (swapper.exitCode !== null) throw new Error('the swapper ended early, so this shows nothing');
  if (naive === 0) console.log('nothing leaked to the naive open either: try more opens');
  process.exitCode = leaked === 0 ? 0 : 1;
} finally {
  swapper.kill('SIGKILL');
  await exit;
  await rm(dir, { recursive: true });
}
