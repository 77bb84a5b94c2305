import { execFileSync } from 'node:child_process';
import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { tempDir, type TempDir } from '#testing';
import { AppError } from '../../http/app-error.js';
import { type FileRoot, findPlace } from '../roots/file-root.js';
import { ConfinedFiles } from './confined-files.js';
import { closeDescriptor } from './descriptor.js';
import { InodeSet } from './inode-set.js';
import { NameRules } from './name-rules.js';
import { parsePath } from './path-names.js';

const PATHS = 100_000;
const LANES = 32;
const SEED = 20_260_101;
/** Seconds where nothing else is running. */
const TIMEOUT_MS = 120_000;

/** Pieces that paths are made of: what is there, what leads out, and what somebody could take for either. */
const PIECES: readonly (string | Buffer)[] = [
  ...['a', 'b', 'deep.txt', 'ok.txt', 'none', 'a/b', 'a/b/deep.txt', 'ok.txt/'],
  ...[
    '..',
    '.',
    '...',
    '....',
    '/',
    '//',
    '',
    '../',
    '..//',
    '.. ',
    ' ..',
    '..;',
    '..\\',
    '~',
    '*',
  ],
  ...[
    'link',
    'dirlink',
    'loop',
    'up',
    'abs',
    'procfd',
    'hard',
    'fifo',
    'dirlink/secret',
    'up/secret',
  ],
  ...[
    '.ssh',
    '.SSH',
    '.ſsh',
    '.ssh ',
    '.ssh.',
    '.s\u200dsh',
    'id_rsa',
    'ID_RSA',
    '.env',
    '.env.local',
  ],
  ...['x.pem', 'X.PEM', 'server.key', '.git', 'config', '.hidden', 'credentials', '.bash_history'],
  ...['%2e%2e', '%2f', '．．', '／', '\u2025', '\0', '\n', '\u001b', '\u202e', 'é', 'e\u0301'],
  ...['proc', 'self', 'fd', 'root', 'etc', 'passwd', 'dev', 'null', 'stdin', 'x'.repeat(255)],
  ...[
    Buffer.from([0xff]),
    Buffer.from([0xc0, 0xaf]),
    Buffer.from([0xed, 0xa0, 0x80]),
    'y'.repeat(256),
  ],
];

/** xorshift32: the same paths each time. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

let dir: TempDir;
let root: string;

beforeAll(async () => {
  dir = await tempDir('tmuxy-fuzz-');
  root = join(dir.path, 'root');
  const put = (path: string, text: string): void => {
    const file = join(dir.path, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  put('secret', 'SECRET outside');
  for (const path of ['root/ok.txt', 'root/a/b/deep.txt', 'root/a/ok.txt', 'root/.../ok.txt']) {
    put(path, 'public');
  }
  for (const path of ['.ssh/id_rsa', '.env', 'x.pem', 'a/server.key', '.git/config', '.hidden']) {
    put(`root/${path}`, 'SECRET by name');
  }
  for (const path of ['a/credentials', 'a/b/.bash_history', 'a/.env.local']) {
    put(`root/${path}`, 'SECRET by name');
  }
  for (const [name, target] of [
    ['link', '../secret'],
    ['dirlink', '..'],
    ['a/up', '../..'],
    ['up', '..'],
    ['loop', 'loop'],
    ['abs', '/etc'],
    ['procfd', '/proc/self/fd'],
    ['a/b/link', '../../../secret'],
  ] as const) {
    symlinkSync(target, join(root, name));
  }
  linkSync(join(dir.path, 'secret'), join(root, 'hard'));
  execFileSync('mkfifo', [join(root, 'fifo')]);
});

afterAll(async () => {
  await dir.remove();
});

function randomPath(random: (below: number) => number): Buffer {
  const pieces: Buffer[] = random(4) === 0 ? [Buffer.from(`${root}/`)] : [];
  for (let left = random(6); left >= 0; left--) {
    const piece = PIECES[random(PIECES.length)] ?? '';
    pieces.push(Buffer.from(piece as string));
    if (left > 0 && random(8) > 0) pieces.push(Buffer.from('/'));
  }
  const path = Buffer.concat(pieces);
  if (random(16) === 0 && path.length > 0) path[random(path.length)] = random(256);
  return path;
}

it(
  `[D1] [D5] [D7] [D9] [D15] [D17] [D27] gives nothing of outside for ${PATHS} paths`,
  async () => {
    const files = new ConfinedFiles({
      names: new NameRules({ denyNames: [], dotfiles: true }),
      serverFiles: new InodeSet([], []),
      hardLinks: false,
    });
    const pinned = await files.pin(root, false);
    const fileRoot: FileRoot = {
      kind: 'configured',
      takesFiles: true,
      name: 'root',
      names: parsePath(Buffer.from(root)).names,
      hold: () => Promise.resolve({ pinned, release: () => Promise.resolve() }),
    };
    const random = generator(SEED);
    const before = readdirSync('/proc/self/fd').length;
    const seen = { files: 0, directories: 0, refused: new Map<string, number>() };

    const tryOne = async (): Promise<void> => {
      const path = randomPath(random);
      try {
        const { names } = findPlace([fileRoot], parsePath(path));
        const opened = await files.open(pinned, names);
        try {
          const real = readlinkSync(`/proc/self/fd/${opened.fd}`);
          if (real !== root && !real.startsWith(`${root}/`)) throw new Error(`escaped to ${real}`);
          if (opened.kind === 'directory') {
            seen.directories += 1;
            return;
          }
          const bytes = Buffer.alloc(16);
          const text = bytes.toString('latin1', 0, readSync(opened.fd, bytes, 0, 16, 0));
          if (text !== 'public' && real !== join(root, '.hidden')) {
            throw new Error(`${JSON.stringify(path.toString())} gave ${text}`);
          }
          seen.files += 1;
        } finally {
          await opened.close();
        }
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        seen.refused.set(error.code, (seen.refused.get(error.code) ?? 0) + 1);
      }
    };
    const lane = async (): Promise<void> => {
      for (let i = 0; i < PATHS / LANES; i++) await tryOne();
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    await closeDescriptor(pinned.fd);

    // Paths of all kinds were among them, and no descriptor is left.
    expect(seen.files).toBeGreaterThan(PATHS / 1_000);
    expect(seen.directories).toBeGreaterThan(PATHS / 1_000);
    expect([...seen.refused.keys()].sort()).toEqual([
      'invalid-request',
      'not-found',
      'path-not-allowed',
    ]);
    expect(readdirSync('/proc/self/fd').length).toBeLessThanOrEqual(before);
    expect(readFileSync(join(dir.path, 'secret'), 'utf8')).toBe('SECRET outside');
  },
  TIMEOUT_MS,
);
