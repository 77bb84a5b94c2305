import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inodeKey, InodeSet } from './inode-set.js';

let dir: string;
let set: InodeSet;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tmuxy-inodes-'));
  for (const name of ['state', 'state/inner', 'other', 'elsewhere']) mkdirSync(join(dir, name));
  writeFileSync(join(dir, 'state', 'inner', 'f'), '');
  writeFileSync(join(dir, 'other', 'free'), '');
  set = new InodeSet([join(dir, 'other', 'key'), join(dir, 'none')], [join(dir, 'state')]);
});

afterEach(() => {
  rmSync(dir, { recursive: true });
});

const holds = (...path: readonly string[]): boolean =>
  set.hasAny([inodeKey(statSync(join(dir, ...path), { bigint: true }))]);

describe(InodeSet.name, () => {
  it('holds a directory with all that is in it, and nothing else', () => {
    expect(holds('state')).toBe(true);
    expect(holds('state', 'inner')).toBe(true);
    expect(holds('state', 'inner', 'f')).toBe(true);
    expect(holds('other')).toBe(false);
    expect(holds('other', 'free')).toBe(false);
  });

  it('[D29] knows a file by another name, also when it is new', () => {
    expect(holds('state')).toBe(true);
    writeFileSync(join(dir, 'state', 'inner', 'new'), '');
    linkSync(join(dir, 'state', 'inner', 'new'), join(dir, 'other', 'twin'));
    expect(holds('other', 'twin')).toBe(true);
  });

  it('knows a file that came or was replaced later', () => {
    writeFileSync(join(dir, 'other', 'key'), 'old');
    expect(holds('other', 'key')).toBe(true);
    writeFileSync(join(dir, 'other', 'key.new'), 'new');
    expect(holds('other', 'key.new')).toBe(false);
    renameSync(join(dir, 'other', 'key.new'), join(dir, 'other', 'key'));
    expect(holds('other', 'key')).toBe(true);
  });

  it('follows the links of who set it up', () => {
    writeFileSync(join(dir, 'elsewhere', 'segment'), '');
    symlinkSync('../elsewhere', join(dir, 'state', 'audit'));
    symlinkSync('.', join(dir, 'state', 'round'));
    expect(holds('elsewhere')).toBe(true);
    expect(holds('elsewhere', 'segment')).toBe(true);
  });
});
