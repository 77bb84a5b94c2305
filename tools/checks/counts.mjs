/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} [skipped]
 */

/** @param {unknown} report Jest's `--json` @returns {Counts} */
export function jestCounts(report) {
  const {
    numPassedTests = 0,
    numFailedTests = 0,
    numPendingTests = 0,
    numTodoTests = 0,
    numRuntimeErrorTestSuites = 0,
  } = /** @type {Record<string, number>} */ (report);
  return {
    passed: numPassedTests,
    // A file that does not even load has tests that nobody counted: it is one failure.
    failed: numFailedTests + numRuntimeErrorTestSuites,
    skipped: numPendingTests + numTodoTests,
  };
}

/** @param {unknown} report Playwright's JSON reporter @returns {Counts} */
export function playwrightCounts(report) {
  const { stats, errors = [] } =
    /** @type {{ stats: Record<string, number>, errors?: unknown[] }} */ (report);
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = stats;
  // What passed at its second try has passed, and is told of by name (second-try.mjs).
  return { passed: expected + flaky, failed: unexpected + errors.length, skipped };
}

/** @param {string} tap output of `node --test --test-reporter=tap` @returns {Counts} */
export function tapCounts(tap) {
  /** @param {string} name */
  const total = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(tap)?.[1] ?? 0);
  return {
    passed: total('pass'),
    failed: total('fail') + total('cancelled'),
    skipped: total('skipped') + total('todo'),
  };
}

/**
 * What a stage counts as: a runner that failed, or ran nothing, never counts as a success.
 *
 * @param {number} exitCode
 * @param {Counts} counts
 * @returns {Counts}
 */
export function settle(exitCode, counts) {
  const isSuspicious = exitCode !== 0 || counts.passed + counts.failed === 0;
  return isSuspicious && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** @param {readonly Counts[]} all @returns {Counts} */
export function sum(all) {
  return {
    passed: all.reduce((total, { passed }) => total + passed, 0),
    failed: all.reduce((total, { failed }) => total + failed, 0),
    skipped: all.reduce((total, { skipped = 0 }) => total + skipped, 0),
  };
}
