import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Folder of our package.json, from the sources and from dist alike. */
export const PACKAGE_ROOT = findRoot(import.meta.dirname);

/** The `version` of our package.json. */
export const SERVER_VERSION = readVersion(join(PACKAGE_ROOT, 'package.json'));

function findRoot(dir: string): string {
  if (existsSync(join(dir, 'package.json'))) return dir;
  const parent = dirname(dir);
  if (parent === dir) throw new Error('tmuxy is installed without its package.json');
  return findRoot(parent);
}

function readVersion(file: string): string {
  const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof content === 'object' && content !== null && 'version' in content)
    return String(content.version);
  throw new Error(`${file} has no version`);
}
