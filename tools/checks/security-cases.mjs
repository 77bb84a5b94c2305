import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The hostile cases that have to be tried, by area. A test that tries one has its id first in the title:
 * `it('[C5] refuses a foreign Origin')`; one test may try several: `[C5] [C7] …`.
 *
 * @type {Readonly<Record<string, { title: string, ids: readonly number[] }>>}
 */
export const AREAS = {
  A: { title: 'Authentication', ids: odd(19) },
  B: { title: 'Session tokens', ids: odd(15) },
  C: { title: 'CSRF, origins, hosts, rebinding, framing', ids: odd(19) },
  D: { title: 'Paths and files', ids: odd(39) },
  E: { title: 'Command policy', ids: odd(63) },
  F: { title: 'Read-only', ids: odd(13) },
  G: { title: 'Hostile terminal output', ids: odd(33) },
  H: { title: 'tmux control mode', ids: odd(11) },
  I: { title: 'Headers, TLS, CSP, browser', ids: odd(17) },
  J: { title: 'Rate limits and client addresses', ids: odd(15) },
  K: { title: 'Audit', ids: odd(29) },
  L: { title: 'Floods and slow readers', ids: odd(17) },
  M: { title: 'Bodies, JSON, HTTP framing', ids: odd(21) },
  N: { title: 'Lifecycle and faults', ids: odd(17) },
  O: { title: 'Configuration, supply chain, deployment', ids: odd(13) },
};

/**
 * Cases that are not tried, and why; docs/security.md tells them.
 *
 * @type {Readonly<Record<string, string>>}
 */
export const NOT_TRIED = {
  O7: 'there is no release that provenance could be attached to',
  O11: 'there is no container yet',
};

/** @param {number} last @returns {number[]} 1, 3, 5 … last */
function odd(last) {
  return Array.from({ length: (last + 1) / 2 }, (_, index) => 2 * index + 1);
}

/**
 * @typedef {{ readonly title: string, readonly held: boolean }} Trial
 * @typedef {{ fullName: string, status: string }} JestAssertion
 * @typedef {{ title: string, ok?: boolean, tests?: { status: string }[] }} PlaywrightSpec
 * @typedef {{ title?: string, specs?: PlaywrightSpec[], suites?: PlaywrightSuite[] }} PlaywrightSuite
 * @typedef {{ testResults?: { assertionResults?: JestAssertion[] }[], suites?: PlaywrightSuite[] }} Report
 */

/**
 * @param {Report} report Jest's `--json`, or Playwright's JSON reporter
 * @returns {Trial[]} every test that ran, with its full title
 */
export function trialsOf({ testResults = [], suites = [] }) {
  const ofJest = testResults.flatMap(({ assertionResults = [] }) =>
    assertionResults
      .filter(({ status }) => status === 'passed' || status === 'failed')
      .map(({ fullName, status }) => ({ title: fullName, held: status === 'passed' })),
  );
  return [...ofJest, ...suites.flatMap((suite) => trialsOfSuite(suite))];
}

/** @param {PlaywrightSuite} suite @returns {Trial[]} */
function trialsOfSuite({ title = '', specs = [], suites = [] }) {
  const own = specs
    .filter((spec) => !spec.tests?.every(({ status }) => status === 'skipped'))
    .map((spec) => ({ title: `${title} ${spec.title}`, held: spec.ok === true }));
  return [...own, ...suites.flatMap((inner) => trialsOfSuite(inner))];
}

/** @param {string} tap output of `node --test` @returns {Trial[]} every test that ran */
export function trialsOfTap(tap) {
  return [...tap.matchAll(/^ *(not )?ok \d+ - (?!.*# SKIP)(.*)$/gm)].map(([, not, title = '']) => ({
    title,
    held: not === undefined,
  }));
}

/**
 * @param {readonly Trial[]} trials
 * @returns {Map<string, boolean>} case id → whether all that tried it held
 */
export function casesOf(trials) {
  const cases = new Map();
  for (const { title, held } of trials) {
    for (const [, id] of title.matchAll(/\[([A-Z]\d{1,2})\]/g)) {
      cases.set(id, (cases.get(id) ?? true) && held);
    }
  }
  return cases;
}

/** @param {ReadonlyMap<string, boolean>} cases @returns {string} the table of docs/security.md */
export function tableOf(cases) {
  const rows = Object.entries(AREAS).map(([letter, { title, ids }]) => {
    const names = ids.map((id) => `${letter}${id}`);
    const tried = names.filter((name) => cases.has(name));
    const held = tried.filter((name) => cases.get(name) === true);
    return [letter, title, `${tried.length} of ${names.length}`, `${held.length}`];
  });
  return markdownTable(['Area', 'About', 'Cases tried', 'Held'], rows);
}

/**
 * As prettier writes it.
 *
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
function markdownTable(head, rows) {
  const widths = head.map((name, at) =>
    Math.max(name.length, ...rows.map((row) => row[at]?.length ?? 0)),
  );
  /** @param {readonly string[]} cells */
  const line = (cells) =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** @param {ReadonlyMap<string, boolean>} cases @returns {string[]} what is wrong, a line each */
export function problemsOf(cases) {
  return Object.entries(AREAS).flatMap(([letter, { ids }]) =>
    ids.flatMap((id) => {
      const name = `${letter}${id}`;
      const isExcused = name in NOT_TRIED;
      if (!cases.has(name)) return isExcused ? [] : [`${name}: no test tries it`];
      if (isExcused) return [`${name}: is tried, so it is no longer in NOT_TRIED`];
      return cases.get(name) === true ? [] : [`${name}: did not hold`];
    }),
  );
}

const TABLE = /(<!-- cases -->\n)[^]*?(<!-- \/cases -->)/;

/** @param {string} text of docs/security.md @param {string} table @returns {string} with the table in it */
export function withTable(text, table) {
  return text.replace(TABLE, (_, before, after) => `${before}\n${table}\n\n${after}`);
}

/** @param {string} dir with the reports of a whole run @returns {Promise<Map<string, boolean>>} */
export async function readCases(dir) {
  const trials = (await readdir(dir)).map(async (name) => {
    const text = await readFile(join(dir, name), 'utf8');
    return name.endsWith('.tap') ? trialsOfTap(text) : trialsOf(JSON.parse(text));
  });
  return casesOf((await Promise.all(trials)).flat());
}
