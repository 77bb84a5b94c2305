import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CliError } from './cli.errors.js';
import { prepareStateDir } from './state-dir.js';

describe(prepareStateDir.name, () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tmuxy-state-'));
  });

  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  it('makes it for its owner only', () => {
    prepareStateDir(join(root, 'a', 'b'));
    prepareStateDir(join(root, 'a', 'b'));
    expect(statSync(join(root, 'a', 'b')).mode & 0o777).toBe(0o700);
  });

  it('says what to do when it cannot', () => {
    writeFileSync(join(root, 'file'), '');
    expect(() => {
      prepareStateDir(join(root, 'file', 'b'));
    }).toThrow(
      new CliError(
        `The state directory ${join(root, 'file', 'b')} cannot be used (ENOTDIR). Give another with --state-dir.`,
      ),
    );
  });
});
