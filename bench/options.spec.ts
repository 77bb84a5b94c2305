import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseOptions } from './options.ts';

const KNOWN = [
  { name: 'echo', isStandard: true },
  { name: 'growth', isStandard: false },
];

void describe(parseOptions.name, () => {
  void it('runs the standard set when nothing is named, and everything at --all', () => {
    assert.deepEqual(parseOptions([], KNOWN).names, ['echo']);
    assert.deepEqual(parseOptions(['--all'], KNOWN).names, ['echo', 'growth']);
  });

  void it('runs what is named', () => {
    assert.deepEqual(parseOptions(['growth', '--keys', '30'], KNOWN).names, ['growth']);
  });

  void it('names what there is when something is not', () => {
    assert.throws(() => parseOptions(['ecko'], KNOWN), /ecko\. There are: echo, growth/);
    assert.throws(() => parseOptions(['--peers', 'gotty'], KNOWN), /ttyd, wetty/);
  });

  void it('takes whole numbers above 0 only', () => {
    for (const text of ['0', 'many', '1.5', '']) {
      assert.throws(() => parseOptions([`--keys=${text}`], KNOWN), RangeError);
    }
    assert.deepEqual(parseOptions(['--viewers', '1,20'], KNOWN).viewers, [1, 20]);
  });

  void it('leaves peers out', () => {
    assert.deepEqual(parseOptions(['--no-peers'], KNOWN).peers, []);
    assert.deepEqual(parseOptions(['--peers', 'ttyd'], KNOWN).peers, ['ttyd']);
  });
});
