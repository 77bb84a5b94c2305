import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { jestCounts, playwrightCounts, settle, sum, tapCounts } from './counts.mjs';

describe(settle.name, () => {
  it('keeps what a runner that succeeded counted', () => {
    assert.deepEqual(settle(0, { passed: 3, failed: 0 }), { passed: 3, failed: 0 });
  });

  it('takes a run without any test for a failure', () => {
    assert.deepEqual(settle(0, { passed: 0, failed: 0 }), { passed: 0, failed: 1 });
  });

  it('takes a runner that failed without a failed test for a failure', () => {
    assert.deepEqual(settle(1, { passed: 3, failed: 0 }), { passed: 3, failed: 1 });
  });

  it('counts no failure twice', () => {
    assert.deepEqual(settle(1, { passed: 3, failed: 2 }), { passed: 3, failed: 2 });
  });
});

describe(jestCounts.name, () => {
  it('counts a file that did not load as one failure', () => {
    const report = { numPassedTests: 4, numFailedTests: 1, numRuntimeErrorTestSuites: 1 };
    assert.deepEqual(jestCounts(report), { passed: 4, failed: 2, skipped: 0 });
  });
});

describe(playwrightCounts.name, () => {
  it('counts errors outside of tests as failures', () => {
    const stats = { expected: 5, unexpected: 1, skipped: 2 };
    const counts = playwrightCounts({ stats, errors: [{ message: 'no tests' }] });
    assert.deepEqual(counts, { passed: 5, failed: 2, skipped: 2 });
  });

  it('counts what passed at its second try as passed', () => {
    const counts = playwrightCounts({ stats: { expected: 5, unexpected: 0, flaky: 2 } });
    assert.deepEqual(counts, { passed: 7, failed: 0, skipped: 0 });
  });
});

describe(tapCounts.name, () => {
  it('reads the totals below the plan', () => {
    const tap = '1..1\n# tests 9\n# pass 6\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 0\n';
    assert.deepEqual(tapCounts(tap), { passed: 6, failed: 2, skipped: 1 });
  });

  it('counts nothing in an empty file', () => {
    assert.deepEqual(tapCounts(''), { passed: 0, failed: 0, skipped: 0 });
  });
});

describe(sum.name, () => {
  it('adds stages up', () => {
    const total = sum([
      { passed: 1, failed: 0 },
      { passed: 2, failed: 3, skipped: 1 },
    ]);
    assert.deepEqual(total, { passed: 3, failed: 3, skipped: 1 });
  });
});
