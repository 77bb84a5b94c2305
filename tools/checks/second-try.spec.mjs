import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { passedAtSecondTry } from './second-try.mjs';

/** @param {string} title @param {string} status */
function spec(title, status) {
  return { title, file: 'paste.e2e.ts', line: 7, tests: [{ status }] };
}

describe(passedAtSecondTry.name, () => {
  it('names tests that failed first, wherever they are nested', () => {
    const suites = [
      {
        title: 'paste.e2e.ts',
        specs: [spec('at once', 'expected'), spec('twice', 'flaky'), spec('never', 'unexpected')],
        suites: [{ title: 'a paste', specs: [spec('of lines', 'flaky')] }],
      },
    ];
    assert.deepEqual(passedAtSecondTry({ suites }), [
      'paste.e2e.ts:7 › twice',
      'paste.e2e.ts:7 › a paste › of lines',
    ]);
  });

  it('names none in the report of a runner that died', () => {
    assert.deepEqual(passedAtSecondTry({}), []);
  });
});
