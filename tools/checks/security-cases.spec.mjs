import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  AREAS,
  casesOf,
  problemsOf,
  tableOf,
  trialsOf,
  trialsOfTap,
  withTable,
} from './security-cases.mjs';

const ALL = Object.entries(AREAS).flatMap(([letter, { ids }]) => ids.map((id) => `${letter}${id}`));

/** @param {readonly string[]} names @returns {Map<string, boolean>} */
function held(names) {
  return new Map(names.map((name) => [name, true]));
}

describe('security cases', () => {
  it('reads what Jest ran, and not what it skipped', () => {
    const assertionResults = [
      { fullName: 'Guard [C5] refuses', status: 'passed' },
      { fullName: 'Guard [C7] [C9] refuses', status: 'failed' },
      { fullName: '[C11] later', status: 'pending' },
    ];
    const cases = casesOf(trialsOf({ testResults: [{ assertionResults }] }));
    assert.deepEqual(
      [...cases],
      [
        ['C5', true],
        ['C7', false],
        ['C9', false],
      ],
    );
  });

  it('reads what Playwright ran, however deep, and not what it skipped', () => {
    const specs = [
      { title: '[G1] is quiet', ok: true, tests: [{ status: 'expected' }] },
      { title: '[G3] is quiet', ok: false, tests: [{ status: 'unexpected' }] },
      { title: '[G5] is quiet', ok: true, tests: [{ status: 'skipped' }] },
    ];
    const cases = casesOf(trialsOf({ suites: [{ title: 'f', suites: [{ title: 'd', specs }] }] }));
    assert.deepEqual(
      [...cases],
      [
        ['G1', true],
        ['G3', false],
      ],
    );
  });

  it('reads what node ran, and not what it skipped', () => {
    const tap =
      '# Subtest: x\n    ok 1 - [O5] one\n    not ok 2 - [O7] two\nok 3 - [O9] x # SKIP\n';
    assert.deepEqual(
      [...casesOf(trialsOfTap(tap))],
      [
        ['O5', true],
        ['O7', false],
      ],
    );
  });

  it('takes a case as held when every test of it held', () => {
    const trials = [
      { title: '[A1] one', held: true },
      { title: '[A1] two', held: false },
      { title: '[A1] three', held: true },
    ];
    assert.equal(casesOf(trials).get('A1'), false);
  });

  it('misses a case that nothing tries and tells one that did not hold', () => {
    assert.deepEqual(
      problemsOf(held(ALL)).filter((line) => !line.includes('NOT_TRIED')),
      [],
    );
    const some = held(ALL.filter((name) => name !== 'A1')).set('B1', false);
    const lines = problemsOf(some);
    assert.ok(lines.includes('A1: no test tries it'));
    assert.ok(lines.includes('B1: did not hold'));
  });

  it('writes a row for every area', () => {
    const table = tableOf(held(['A1', 'A3']).set('A3', false));
    assert.match(table, /^\| A +\| Authentication +\| 2 of 10 +\| 1 +\|$/m);
    assert.equal(table.split('\n').length, 2 + Object.keys(AREAS).length);
  });

  it('replaces the table of a document and nothing else', () => {
    const text = 'a\n<!-- cases -->\nold\n<!-- /cases -->\nb';
    assert.equal(withTable(text, 'new'), 'a\n<!-- cases -->\n\nnew\n\n<!-- /cases -->\nb');
    const empty = '<!-- cases -->\n<!-- /cases -->';
    assert.equal(withTable(empty, 'new'), '<!-- cases -->\n\nnew\n\n<!-- /cases -->');
    assert.equal(withTable('no table', 'new'), 'no table');
  });
});
