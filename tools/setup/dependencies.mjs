import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../runtime/run.mjs';
import { UserError } from '../runtime/user-error.mjs';
import { step } from './progress.mjs';

/**
 * @typedef {{ packages: Record<string, LockedPackage> }} Lock
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {boolean} [optional] left out by npm on machines it is not for
 * @property {boolean} [peer]
 * @property {boolean} [devOptional]
 */

/**
 * Whether what npm installed is what the lock file asks for. npm writes `installed` last, so an
 * install that was cut short does not count.
 *
 * @param {Lock} wanted package-lock.json
 * @param {Lock} installed node_modules/.package-lock.json
 * @returns {boolean}
 */
export function isInstalled(wanted, installed) {
  const missing = Object.entries(wanted.packages).filter(([path, locked]) => {
    if (path === '') return false;
    const present = installed.packages[path];
    if (!present) return !locked.optional;
    return present.version !== locked.version || present.integrity !== locked.integrity;
  });
  return missing.length === 0;
}

/**
 * Installs the dependencies when they differ from the lock file. Install scripts stay off (.npmrc).
 *
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<void>}
 */
export async function installDependencies(root, env) {
  const wanted = await readLock(join(root, 'package-lock.json'));
  const installed = await readLock(join(root, 'node_modules/.package-lock.json'));
  if (wanted && installed && isInstalled(wanted, installed)) return;
  await step('Installing packages (npm ci, up to a minute)', async () => {
    const { code, output } = await run('npm', ['ci', '--no-audit', '--no-fund'], {
      cwd: root,
      env,
    });
    if (code !== 0) throw new UserError(`npm ci failed:\n${output.trim()}`);
  });
}

/** @param {string} path @returns {Promise<Lock | undefined>} */
async function readLock(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    // Absent or cut off: both mean that npm has to install.
    return undefined;
  }
}
