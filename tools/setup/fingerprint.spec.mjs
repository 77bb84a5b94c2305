import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { fingerprint } from './fingerprint.mjs';

describe(fingerprint.name, () => {
  let root = '';
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'tmuxy-fingerprint-'));
    await mkdir(join(root, 'src'));
    await writeFile(join(root, 'src/a.ts'), 'one');
  });
  afterEach(() => rm(root, { recursive: true }));

  it('follows contents and names, not clocks', async () => {
    const first = await fingerprint(root, ['src']);
    await utimes(join(root, 'src/a.ts'), 0, 0);
    assert.equal(await fingerprint(root, ['src']), first);
    await writeFile(join(root, 'src/a.ts'), 'two');
    assert.notEqual(await fingerprint(root, ['src']), first);
    await writeFile(join(root, 'src/a.ts'), 'one');
    await rename(join(root, 'src/a.ts'), join(root, 'src/b.ts'));
    assert.notEqual(await fingerprint(root, ['src']), first);
  });

  it('does not confuse where one file ends and the next begins', async () => {
    await writeFile(join(root, 'src/b.ts'), 'two');
    const first = await fingerprint(root, ['src']);
    await writeFile(join(root, 'src/a.ts'), 'onet');
    await writeFile(join(root, 'src/b.ts'), 'wo');
    assert.notEqual(await fingerprint(root, ['src']), first);
  });

  it('leaves out tests and paths that are not there', async () => {
    const first = await fingerprint(root, ['src']);
    await writeFile(join(root, 'src/a.spec.ts'), 'test');
    assert.equal(await fingerprint(root, ['src', 'absent']), first);
  });
});
