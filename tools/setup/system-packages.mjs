import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from '../runtime/run.mjs';
import { UserError } from '../runtime/user-error.mjs';
import { step } from './progress.mjs';

/**
 * @typedef {object} SystemPackage
 * @property {string} name Debian's name of the package
 * @property {readonly string[]} programs any of them on PATH will do
 */

/** @type {SystemPackage} */
export const TMUX = { name: 'tmux', programs: ['tmux'] };
/** @type {SystemPackage} */
export const CHROMIUM = {
  name: 'chromium',
  programs: ['chromium', 'chromium-browser', 'google-chrome'],
};

/** The full-screen program that the browser tests look at. @type {SystemPackage} */
export const VIM = { name: 'vim', programs: ['vim'] };

/**
 * The reverse proxy that tests put in front. Debian keeps it beside PATH for all but root.
 *
 * @type {SystemPackage}
 */
export const NGINX = { name: 'nginx-light', programs: ['nginx', '../sbin/nginx'] };

/**
 * Absolute path of the first of these programs that PATH has.
 *
 * @param {readonly string[]} programs
 * @param {string} [path]
 * @returns {string | undefined}
 */
export function findProgram(programs, path = process.env['PATH'] ?? '') {
  const folders = path.split(delimiter).filter((folder) => folder !== '');
  const candidates = programs.flatMap((program) => folders.map((folder) => join(folder, program)));
  return candidates.find(isExecutable);
}

/**
 * The command that installs packages, or undefined where a person has to do it.
 *
 * @param {{ hasApt: boolean, isRoot: boolean, hasSudo: boolean }} machine
 * @param {readonly string[]} names
 * @returns {string[] | undefined} words; `sudo` only works without a password here
 */
export function installCommand({ hasApt, isRoot, hasSudo }, names) {
  if (!hasApt || !(isRoot || hasSudo)) return undefined;
  const wait = ['-o', 'DPkg::Lock::Timeout=300'];
  const words = ['apt-get', ...wait, 'install', '-y', '--no-install-recommends', ...names];
  return isRoot ? words : ['sudo', '-n', ...words];
}

/**
 * Installs what is missing, when that needs no password.
 *
 * @param {readonly SystemPackage[]} packages
 * @returns {Promise<void>}
 * @throws {UserError} with the line to type when this user may not install
 */
export async function installSystemPackages(packages) {
  const missing = () => packages.filter(({ programs }) => !findProgram(programs));
  const names = missing().map(({ name }) => name);
  if (names.length === 0) return;
  const hasApt = findProgram(['apt-get']) !== undefined;
  const isRoot = process.getuid?.() === 0;
  const hasSudo = !isRoot && (await run('sudo', ['-n', 'true'])).code === 0;
  const command = installCommand({ hasApt, isRoot, hasSudo }, names);
  if (!command) throw new UserError(missingMessage(names, hasApt));
  await step(`Installing ${names.join(', ')} (${command.join(' ')})`, async () => {
    const output = await aptInstall(command);
    if (missing().length > 0) throw new UserError(`${missingMessage(names, hasApt)}\n${output}`);
  });
}

/**
 * Installs with the package lists as they are, else once more with fresh ones.
 *
 * @param {readonly string[]} command
 * @returns {Promise<string>} what apt-get said, empty when it succeeded
 */
async function aptInstall(command) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const [program = '', ...args] = command;
  const first = await run(program, args, { env });
  if (first.code === 0) return '';
  const words = [...command.slice(0, command.indexOf('apt-get') + 1), 'update'];
  await run(words[0] ?? '', words.slice(1), { env });
  const second = await run(program, args, { env });
  return second.code === 0 ? '' : second.output.trim();
}

/** @param {readonly string[]} names @param {boolean} hasApt */
function missingMessage(names, hasApt) {
  const list = names.join(' ');
  return hasApt
    ? `Missing: ${list}. Type: sudo apt-get update && sudo apt-get install -y ${list}`
    : `Missing: ${list}. Install it with your system's package manager and try again.`;
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Not there, or not ours to run.
    return false;
  }
}
