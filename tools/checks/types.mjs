import { sum } from './counts.mjs';
import { check } from './test-runners.mjs';

/** Projects by compiler; `ngc` also checks the templates. A spec project covers its app. */
const PROJECTS = [
  ['tsc', 'libs/dto'],
  ['tsc', 'libs/tmux-protocol'],
  ['tsc', 'libs/audit-log'],
  ['tsc', 'libs/testing'],
  ['tsc', 'apps/server'],
  ['ngc', 'apps/web/tsconfig.app.json'],
  ['ngc', 'apps/web/tsconfig.spec.json'],
  ['tsc', 'e2e'],
  ['tsc', 'bench'],
  ['tsc', 'tools'],
];

/**
 * Type-checks every project, two at a time.
 *
 * @param {import('./test-runners.mjs').Context} context
 * @returns {Promise<import('./counts.mjs').Counts>} one case per project
 */
export async function checkTypes(context) {
  const waiting = PROJECTS.values();
  /** @type {import('./counts.mjs').Counts[]} */
  const results = [];
  const worker = async () => {
    for (const [compiler = '', project = ''] of waiting) {
      results.push(await check(context, compiler, ['-p', project, '--noEmit']));
    }
  };
  await Promise.all([worker(), worker()]);
  return sum(results);
}
