import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../runtime/run.mjs';
import { jestCounts, playwrightCounts, settle, tapCounts } from './counts.mjs';
import { passedAtSecondTry } from './second-try.mjs';

/**
 * @typedef {import('./counts.mjs').Counts} Counts
 * @typedef {object} Context
 * @property {string} root
 * @property {NodeJS.ProcessEnv} env a fit Node and node_modules/.bin come first on its PATH
 * @property {string} reports a folder of this run alone
 */

/** Two, because the machine this has to pass on has two cores. */
const WORKERS = '2';

/**
 * A check without test cases of its own: one case, passed when the program exits with 0.
 *
 * @param {Context} context
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {Promise<Counts>}
 */
export async function check({ root, env }, program, args) {
  const { code, output } = await run(program, args, { cwd: root, env });
  if (code !== 0) console.error(output.trim());
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** @param {Context} context @param {string} project of jest.config.mjs @returns {Promise<Counts>} */
export async function jest({ root, env, reports }, project) {
  const file = join(reports, `jest-${project}.json`);
  const args = ['--selectProjects', project, '--ci', '--maxWorkers', WORKERS];
  const { code } = await run('jest', [...args, '--json', '--outputFile', file], {
    cwd: root,
    env,
    output: 'show',
  });
  return settle(code, jestCounts(await readJson(file)));
}

/** @param {Context} context @param {readonly string[]} globs @returns {Promise<Counts>} */
export async function nodeTest({ root, env, reports }, globs) {
  const file = join(reports, `node-${globs.length}-${performance.now()}.tap`);
  const reporters = [
    ['--test-reporter=dot', '--test-reporter-destination=stderr'],
    ['--test-reporter=tap', `--test-reporter-destination=${file}`],
  ].flat();
  const { code } = await run('node', ['--test', ...reporters, ...globs], {
    cwd: root,
    env,
    output: 'show',
  });
  const tap = await readText(file);
  if (code !== 0) console.error(tap);
  return settle(code, tapCounts(tap));
}

/** @param {Context} context @returns {Promise<Counts>} */
export async function playwright({ root, env, reports }) {
  const file = join(reports, 'playwright.json');
  const args = ['test', '--config', 'e2e/playwright.config.ts', '--workers', WORKERS];
  const { code } = await run('playwright', [...args, '--reporter', 'list,json'], {
    cwd: root,
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: file },
    output: 'show',
  });
  const report = await readJson(file);
  for (const test of passedAtSecondTry(report)) {
    console.error(`passed only at the second try: ${test}`);
  }
  return settle(code, playwrightCounts({ stats: {}, ...report }));
}

/** @param {string} file @returns {Promise<object>} empty when the runner died before writing it */
async function readJson(file) {
  const text = await readText(file);
  return text === '' ? {} : JSON.parse(text);
}

/** @param {string} file */
function readText(file) {
  return readFile(file, 'utf8').catch(() => '');
}
