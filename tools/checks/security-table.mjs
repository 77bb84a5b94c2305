import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { problemsOf, readCases, tableOf } from './security-cases.mjs';

/**
 * Every hostile case was tried and held, and docs/security.md says so. Needs the reports of the stages
 * before it, so it says nothing where only some were asked for.
 *
 * @param {import('./test-runners.mjs').Context} context
 * @returns {Promise<import('./counts.mjs').Counts>}
 */
export async function checkSecurityCases({ root, reports }) {
  const cases = await readCases(reports);
  const text = await readFile(join(root, 'docs/security.md'), 'utf8');
  const isCurrent = text.includes(tableOf(cases));
  const problems = [
    ...problemsOf(cases),
    ...(isCurrent ? [] : [`docs/security.md: its table should be\n${tableOf(cases)}`]),
  ];
  for (const problem of problems) console.error(problem);
  return { passed: problems.length === 0 ? 1 : 0, failed: problems.length };
}
