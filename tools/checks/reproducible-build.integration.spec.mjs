import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { run } from '../runtime/run.mjs';
import { TARGETS } from '../setup/build.mjs';
import { ROOT } from '../setup/prepare.mjs';

describe('the build', () => {
  /** @type {string} */
  let dir;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'tmuxy-build-'));
  });

  after(() => rm(dir, { recursive: true }));

  it('[O9] gives the same bytes in another folder, at another time', async () => {
    const [one, other] = await Promise.all([build('one'), build('another-name')]);
    assert.ok(one.size > 100);
    assert.deepEqual(
      [...other].filter(([file, digest]) => one.get(file) !== digest),
      [],
    );
    assert.equal(other.size, one.size);
  });

  /** @param {string} name @returns {Promise<Map<string, string>>} file → hash, of all that was built */
  async function build(name) {
    const root = join(dir, name);
    const { output } = await run('git', ['ls-files', '-z'], { cwd: ROOT });
    for (const file of output.split('\0').filter((path) => path !== '')) {
      await mkdir(dirname(join(root, file)), { recursive: true });
      await cp(join(ROOT, file), join(root, file)).catch(() => undefined); // Deleted, not committed.
    }
    await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'));
    for (const { command } of TARGETS) {
      const [program, ...args] = command;
      const path = `${join(ROOT, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`;
      const env = { ...process.env, PATH: path };
      const built = await run(program, args, { cwd: root, env });
      assert.equal(built.code, 0, built.output);
    }
    return hashes(join(root, 'dist'));
  }
});

/** @param {string} dir */
async function hashes(dir) {
  const found = new Map();
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const digest = createHash('sha256')
      .update(await readFile(file))
      .digest('hex');
    // Compilers keep notes of their own there about where things are.
    if (!entry.name.endsWith('.tsbuildinfo')) found.set(file.slice(dir.length), digest);
  }
  return found;
}
