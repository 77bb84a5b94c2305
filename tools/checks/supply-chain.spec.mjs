import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ROOT } from '../setup/prepare.mjs';

/**
 * @typedef {object} Locked one package of package-lock.json
 * @property {string} [resolved]
 * @property {string} [integrity]
 * @property {boolean} [link]
 * @property {boolean} [inBundle]
 * @property {boolean} [optional]
 */

/** Where npm looks unless told otherwise; it leaves the address out of the lock file then. */
const REGISTRY = 'https://registry.npmjs.org/';

/** @type {{ packages: Record<string, Locked> }} */
const lock = JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8'));
const packages = Object.entries(lock.packages).filter(([path]) => path !== '');

/**
 * Binaries for machines that are not this one were locked on a machine whose registry has none of them:
 * npm checks them against what the registry says. What runs here is pinned.
 *
 * @param {string} path
 * @param {boolean} [optional]
 */
function isOfAnotherPlatform(path, optional) {
  return optional === true && !existsSync(join(ROOT, path));
}

describe('supply chain', () => {
  it('[O5] takes every package from the npm registry, by its hash', () => {
    assert.ok(packages.length > 500);
    const bad = packages.filter(
      ([path, { resolved = REGISTRY, integrity, inBundle, optional }]) =>
        inBundle !== true &&
        !isOfAnotherPlatform(path, optional) &&
        !(resolved.startsWith(REGISTRY) && /^sha512-/.test(integrity ?? '')),
    );
    assert.deepEqual(
      bad.map(([path]) => path),
      [],
    );
  });

  it('[O5] runs no script of a package when it is installed', async () => {
    const npmrc = await readFile(join(ROOT, '.npmrc'), 'utf8');
    assert.match(npmrc, /^ignore-scripts=true$/m);
  });
});
