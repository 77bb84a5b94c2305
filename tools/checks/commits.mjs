import { run } from '../runtime/run.mjs';
import { check } from './test-runners.mjs';

/**
 * Checks the messages of the commits that `origin` has not got, or of all when there is no `origin`
 * or nothing is ahead of it.
 *
 * @param {import('./test-runners.mjs').Context} context
 * @returns {Promise<import('./counts.mjs').Counts>}
 */
export async function checkCommits(context) {
  const ahead = await run('git', ['rev-list', '--count', 'origin/HEAD..HEAD'], {
    cwd: context.root,
    env: context.env,
  });
  return check(context, 'commitlint', commitlintArgs(ahead));
}

/**
 * @param {{ code: number, output: string }} ahead what `git rev-list --count origin/HEAD..HEAD` said
 * @returns {string[]}
 */
export function commitlintArgs({ code, output }) {
  const isAhead = code === 0 && Number(output.trim()) > 0;
  return isAhead ? ['--from', 'origin/HEAD', '--to', 'HEAD'] : ['--to', 'HEAD'];
}
