import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { RUNTIME_MAJOR, isFitNode, nodePackageName } from './node-version.mjs';
import { run } from './run.mjs';
import { UserError } from './user-error.mjs';

/**
 * A Node that tmuxy runs on: this process's own, one installed earlier, or one installed now.
 *
 * @param {object} options
 * @param {readonly string[]} options.installDirs where one may be installed; the last is used for a new one
 * @param {(text: string) => void} options.say told before something slow
 * @returns {Promise<string>} absolute path of the `node` executable
 * @throws {UserError} when there is none and none can be installed
 */
export async function provideNode({ installDirs, say }) {
  if (isFitNode(process.versions.node)) return process.execPath;
  const name = nodePackageName(process.platform, process.arch);
  const present = name && installDirs.map((dir) => nodeIn(dir, name)).find(existsSync);
  if (present) return present;
  const target = installDirs.at(-1);
  if (!name || !target) throw unfit('the npm registry has none for this machine');
  say(`Node ${process.versions.node} is too old; installing Node ${RUNTIME_MAJOR} to ${target}`);
  await install(name, target);
  return nodeIn(target, name);
}

/**
 * This process's environment with the given Node first on PATH.
 *
 * @param {string} node absolute path of the executable
 * @param {...string} more further folders to put on PATH
 * @returns {NodeJS.ProcessEnv}
 */
export function environmentFor(node, ...more) {
  const path = [dirname(node), ...more, process.env['PATH'] ?? ''].join(delimiter);
  return { ...process.env, PATH: path };
}

/** @param {string} dir @param {string} name */
function nodeIn(dir, name) {
  return join(dir, 'node_modules', name, 'bin', 'node');
}

/**
 * Installs beside the target and renames, so that a broken install is never taken for a good one
 * and two first starts at once do not write into each other.
 *
 * @param {string} name @param {string} target
 */
async function install(name, target) {
  await mkdir(dirname(target), { recursive: true });
  const staging = await mkdtemp(`${target}-`);
  try {
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'];
    const args = ['install', '--prefix', staging, ...flags, `${name}@${RUNTIME_MAJOR}`];
    const { code, output } = await run('npm', args, { cwd: staging });
    if (code !== 0) throw unfit(`npm could not install one:\n${output.trim()}`);
    // mkdtemp keeps others out; a Node beside the project is for whoever may read the project.
    await chmod(staging, 0o755);
    await moveInto(staging, target, name);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** @param {string} staging @param {string} target @param {string} name */
async function moveInto(staging, target, name) {
  try {
    await rename(staging, target);
  } catch (error) {
    // ENOTEMPTY or EEXIST: another process was faster, or the folder holds other things.
    if (existsSync(nodeIn(target, name))) return;
    await mkdir(join(target, 'node_modules'), { recursive: true });
    await rename(join(staging, 'node_modules', name), join(target, 'node_modules', name));
    if (!existsSync(nodeIn(target, name))) throw error;
  }
}

/** @param {string} why */
function unfit(why) {
  return new UserError(
    `tmuxy needs Node 22.22 or 24.15 and later, this is ${process.versions.node}, and ${why}\n` +
      'Install a newer Node from https://nodejs.org and try again.',
  );
}
