import { createHash } from 'node:crypto';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** Files that no build reads. */
const IGNORED = /\.spec\.ts$|(^|\/)(setup-jest\.ts|tsconfig\.spec\.json)$/;

/**
 * A digest of the names and contents of files, so that a changed clock, branch or checkout alone
 * never makes a build stale.
 *
 * @param {string} root
 * @param {readonly string[]} paths files and folders below root; absent ones count as empty
 * @returns {Promise<string>} 64 hex digits
 */
export async function fingerprint(root, paths) {
  const files = (await Promise.all(paths.map((path) => filesBelow(join(root, path))))).flat();
  const names = [...new Set(files.map((file) => relative(root, file)))].sort();
  const hash = createHash('sha256');
  for (const name of names.filter((candidate) => !IGNORED.test(candidate))) {
    const content = await readFile(join(root, name));
    hash.update(`${name}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** @param {string} path @returns {Promise<string[]>} */
async function filesBelow(path) {
  const found = await stat(path).catch(() => undefined);
  if (!found) return [];
  if (found.isFile()) return [path];
  const entries = await readdir(path, { withFileTypes: true });
  const nested = await Promise.all(entries.map((entry) => filesBelow(join(path, entry.name))));
  return nested.flat();
}
