import { chownSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureSocketDirectory, resolveSocketPath } from './tmux-socket.js';
import { TmuxUnavailableError } from './tmux.errors.js';

describe(resolveSocketPath.name, () => {
  it.each([
    ['nothing chosen', {}, '/tmp/tmux-1000/default'],
    ['a name', { socketName: 'work' }, '/tmp/tmux-1000/work'],
    ['a directory', { tmpDir: '/run/me' }, '/run/me/tmux-1000/default'],
    ['an empty directory', { tmpDir: '' }, '/tmp/tmux-1000/default'],
    ['a path, which wins', { socketPath: '/s', socketName: 'work', tmpDir: '/run/me' }, '/s'],
  ])('finds the socket as tmux does: %s', (_name, choice, expected) => {
    expect(resolveSocketPath(choice, 1000)).toBe(expected);
  });
});

describe(ensureSocketDirectory.name, () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tmuxy-socket-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const uid = process.getuid?.() ?? 0;

  it('makes the directory for its owner alone', () => {
    ensureSocketDirectory(join(root, 'tmux-1', 'default'), uid);
    expect(statSync(join(root, 'tmux-1')).mode & 0o777).toBe(0o700);
  });

  it('leaves one that is there as it is', () => {
    mkdirSync(join(root, 'mine'), { mode: 0o750 });
    ensureSocketDirectory(join(root, 'mine', 'default'), uid);
    expect(statSync(join(root, 'mine')).mode & 0o777).toBe(0o750);
  });

  it('refuses one of somebody else', () => {
    const theirs = join(root, 'theirs');
    mkdirSync(theirs);
    // Root's directories are trusted, so as root it is given away; else we ask as somebody else.
    if (uid === 0) chownSync(theirs, 54_321, 54_321);
    const asking = uid === 0 ? 0 : uid + 1;
    expect(() => ensureSocketDirectory(join(theirs, 'default'), asking)).toThrow(
      TmuxUnavailableError,
    );
  });
});
