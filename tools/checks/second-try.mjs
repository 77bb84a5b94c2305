/**
 * @typedef {object} PlaywrightSpec
 * @property {string} title
 * @property {string} file
 * @property {number} line
 * @property {{ status: string }[]} tests one per project
 *
 * @typedef {object} PlaywrightSuite
 * @property {string} [title] a file's name or that of a `describe`
 * @property {PlaywrightSpec[]} [specs]
 * @property {PlaywrightSuite[]} [suites]
 */

/**
 * The tests that failed and then passed when they were tried again. They hold nobody up, and each is a race
 * in the test or in the product: so they are told of.
 *
 * @param {{ readonly suites?: readonly PlaywrightSuite[] }} report Playwright's JSON reporter
 * @returns {string[]} `file:line › describe › title` of each
 */
export function passedAtSecondTry({ suites = [] }) {
  return suites.flatMap((file) => flakyOf(file, []));
}

/** @param {PlaywrightSuite} suite @param {readonly string[]} around titles of the suites it lies in */
function flakyOf({ specs = [], suites = [] }, around) {
  /** @type {string[]} */
  const own = specs
    .filter(({ tests }) => tests.some(({ status }) => status === 'flaky'))
    .map(({ title, file, line }) => [`${file}:${line}`, ...around, title].join(' › '));
  /** @type {string[]} */
  const inner = suites.flatMap((suite) => flakyOf(suite, [...around, suite.title ?? '']));
  return [...own, ...inner];
}
