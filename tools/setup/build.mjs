import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../runtime/run.mjs';
import { UserError } from '../runtime/user-error.mjs';
import { fingerprint } from './fingerprint.mjs';
import { step } from './progress.mjs';

/**
 * @typedef {object} Target
 * @property {string} name
 * @property {readonly string[]} inputs what the result depends on
 * @property {readonly string[]} outputs folders of this build alone, removed before it
 * @property {string} result a file that is there after the build
 * @property {readonly [string, ...string[]]} command
 */

const COMMON = ['package-lock.json', 'tsconfig.base.json'];

/** @type {readonly Target[]} */
export const TARGETS = [
  {
    name: 'server',
    inputs: [...COMMON, 'package.json', 'nest-cli.json', 'apps/server', 'libs'],
    outputs: ['dist/apps', 'dist/libs'],
    result: 'dist/apps/server/src/cli/main.js',
    command: ['nest', 'build'],
  },
  {
    name: 'web',
    inputs: [...COMMON, 'angular.json', 'apps/web', 'libs/dto'],
    outputs: ['dist/web'],
    result: 'dist/web/index.html',
    command: ['ng', 'build'],
  },
];

/**
 * Builds what changed since its last build, both at once: the server's takes a fraction of the
 * web app's time.
 *
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env with node_modules/.bin on PATH
 * @returns {Promise<void>}
 * @throws {UserError} with the compiler's output
 */
export async function buildStale(root, env) {
  const checked = await Promise.all(
    TARGETS.map(async (target) => ({ target, digest: await fingerprint(root, target.inputs) })),
  );
  const fresh = await Promise.all(
    checked.map(({ target, digest }) => isBuilt(root, target, digest)),
  );
  const stale = checked.filter((_, index) => !fresh[index]);
  if (stale.length === 0) return;
  const names = stale.map(({ target }) => target.name).join(' and ');
  await step(`Building ${names}`, () =>
    Promise.all(stale.map(({ target, digest }) => build(root, env, target, digest))),
  );
}

/** @param {string} root @param {Target} target @param {string} digest */
async function isBuilt(root, target, digest) {
  if (!existsSync(join(root, target.result))) return false;
  const stamp = await readFile(stampOf(root, target), 'utf8').catch(() => '');
  return stamp === digest;
}

/** @param {string} root @param {NodeJS.ProcessEnv} env @param {Target} target @param {string} digest */
async function build(root, env, target, digest) {
  const stamp = stampOf(root, target);
  for (const path of [stamp, ...target.outputs.map((output) => join(root, output))]) {
    await rm(path, { recursive: true, force: true });
  }
  const [program, ...args] = target.command;
  const { code, output } = await run(program, args, { cwd: root, env });
  if (code !== 0 || !existsSync(join(root, target.result))) {
    throw new UserError(`Building the ${target.name} failed:\n${output.trim()}`);
  }
  await mkdir(join(root, '.stamps'), { recursive: true });
  await writeFile(stamp, digest);
}

/** @param {string} root @param {Target} target */
function stampOf(root, target) {
  return join(root, '.stamps', target.name);
}
