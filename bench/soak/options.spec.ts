import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseSoakOptions } from './options.ts';

void describe(parseSoakOptions.name, () => {
  void it('takes half an hour unless told otherwise', () => {
    assert.equal(parseSoakOptions([]).minutes, 30);
    assert.equal(parseSoakOptions(['--minutes', '1']).minutes, 1);
  });

  void it('refuses what is too short to be judged', () => {
    for (const minutes of ['0', '0.5', 'long']) {
      assert.throws(() => parseSoakOptions([`--minutes=${minutes}`]), RangeError);
    }
  });
});
