// `npm test`: from a bare clone to `N passed, N failed`. Runs on any Node from 18 on, without packages.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sum } from './checks/counts.mjs';
import { selectStages } from './checks/stages.mjs';
import { UserError, exitWith } from './runtime/user-error.mjs';
import { ROOT, prepare } from './setup/prepare.mjs';
import { seconds } from './setup/progress.mjs';
import { CHROMIUM, NGINX, TMUX, VIM } from './setup/system-packages.mjs';

/** @typedef {import('./checks/counts.mjs').Counts} Counts */

await exitWith(async () => {
  const stages = selected(process.argv.slice(2));
  const { env } = await prepare([TMUX, CHROMIUM, VIM, NGINX]);
  const reports = await mkdtemp(join(tmpdir(), 'tmuxy-test-'));
  // Tests that ask for "the" tmux must not find the one this was started in.
  const context = { root: ROOT, env: { ...env, CI: 'true', TMUX: undefined }, reports };
  try {
    const results = [];
    for (const stage of stages) results.push(await runStage(stage, context));
    return report(results);
  } finally {
    await rm(reports, { recursive: true, force: true });
  }
});

/** @param {readonly string[]} groups */
function selected(groups) {
  try {
    return selectStages(groups);
  } catch (error) {
    throw error instanceof RangeError ? new UserError(error.message) : error;
  }
}

/**
 * @param {import('./checks/stages.mjs').Stage} stage
 * @param {import('./checks/test-runners.mjs').Context} context
 */
async function runStage({ name, run }, context) {
  console.error(`\n── ${name}`);
  const start = performance.now();
  const counts = await run(context).catch((/** @type {unknown} */ error) => {
    console.error(error);
    return { passed: 0, failed: 1 };
  });
  const line = `${name}: ${describe(counts)} in ${seconds(performance.now() - start)}`;
  console.error(line);
  return { line, counts };
}

/** @param {readonly { line: string, counts: Counts }[]} results */
function report(results) {
  const total = sum(results.map(({ counts }) => counts));
  console.log(`\n${results.map(({ line }) => line).join('\n')}\n`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
}

/** @param {Counts} counts */
function describe({ passed, failed, skipped = 0 }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
