import { checkBundle } from './bundle.mjs';
import { checkCommits } from './commits.mjs';
import { checkSecurityCases } from './security-table.mjs';
import { check, jest, nodeTest, playwright } from './test-runners.mjs';
import { checkTypes } from './types.mjs';

/**
 * @typedef {import('./test-runners.mjs').Context} Context
 * @typedef {object} Stage
 * @property {string} name
 * @property {string} group what selects it: `npm test -- <group>`
 * @property {(context: Context) => Promise<import('./counts.mjs').Counts>} run
 */

const CODE = ['apps', 'libs', 'e2e', 'bench'];

/** Quick ones first; each runs whatever became of the ones before. @type {readonly Stage[]} */
export const STAGES = [
  { name: 'format', group: 'lint', run: (c) => check(c, 'prettier', ['--check', '.']) },
  { name: 'eslint', group: 'lint', run: (c) => check(c, 'eslint', ['--max-warnings', '0', '.']) },
  {
    name: 'dependency rules',
    group: 'lint',
    run: (c) => check(c, 'depcruise', ['--config', '.dependency-cruiser.cjs', ...CODE]),
  },
  { name: 'commit messages', group: 'lint', run: checkCommits },
  { name: 'bundle size', group: 'lint', run: checkBundle },
  { name: 'types', group: 'types', run: checkTypes },
  {
    name: 'unit: tools and bench',
    group: 'unit',
    run: (c) => nodeTest(c, ['tools/**/!(*.integration).spec.mjs', 'bench/**/*.spec.ts']),
  },
  { name: 'unit', group: 'unit', run: (c) => jest(c, 'unit') },
  { name: 'web', group: 'web', run: (c) => jest(c, 'web') },
  {
    name: 'integration: tools',
    group: 'integration',
    run: (c) => nodeTest(c, ['tools/**/*.integration.spec.mjs']),
  },
  { name: 'integration', group: 'integration', run: (c) => jest(c, 'integration') },
  { name: 'e2e', group: 'e2e', run: playwright },
  { name: 'security cases', group: 'security', run: checkSecurityCases },
];

/**
 * The stages of the named groups, or all.
 *
 * @param {readonly string[]} groups
 * @returns {readonly Stage[]}
 * @throws {RangeError} when a name is no group, naming those there are
 */
export function selectStages(groups) {
  const known = [...new Set(STAGES.map(({ group }) => group))];
  const unknown = groups.filter((group) => !known.includes(group));
  if (unknown.length > 0) {
    throw new RangeError(`No such tests: ${unknown.join(', ')}. There are: ${known.join(', ')}.`);
  }
  return groups.length === 0 ? STAGES : STAGES.filter(({ group }) => groups.includes(group));
}
