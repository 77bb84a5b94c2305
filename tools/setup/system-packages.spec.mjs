import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, it } from 'node:test';
import { findProgram, installCommand } from './system-packages.mjs';

describe(installCommand.name, () => {
  const machine = { hasApt: true, isRoot: false, hasSudo: false };

  it('installs as root without sudo', () => {
    const words = installCommand({ ...machine, isRoot: true }, ['tmux']);
    assert.equal(words?.[0], 'apt-get');
    assert.equal(words?.at(-1), 'tmux');
  });

  it('uses sudo only where it asks for no password', () => {
    assert.deepEqual(installCommand({ ...machine, hasSudo: true }, ['tmux'])?.slice(0, 3), [
      'sudo',
      '-n',
      'apt-get',
    ]);
    assert.equal(installCommand(machine, ['tmux']), undefined);
  });

  it('leaves machines without apt-get to their owner', () => {
    assert.equal(installCommand({ ...machine, hasApt: false, isRoot: true }, ['tmux']), undefined);
  });
});

describe(findProgram.name, () => {
  it('finds the first program that may be run, in the order of the names', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tmuxy-path-'));
    try {
      await writeFile(join(folder, 'plain'), '');
      await writeFile(join(folder, 'second'), '');
      await chmod(join(folder, 'second'), 0o755);
      const path = ['', '/nonexistent', folder].join(delimiter);
      assert.equal(findProgram(['plain', 'second'], path), join(folder, 'second'));
      assert.equal(findProgram(['plain'], path), undefined);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
