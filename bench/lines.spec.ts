import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compareLines } from './lines.ts';

void describe(compareLines.name, () => {
  const printed = ['line 1', 'line 2', 'line 3'];

  void it('finds nothing where everything is there', () => {
    assert.deepEqual(compareLines(printed, [...printed, '', ''], 10), { lost: 0, doubled: 0 });
  });

  void it('counts the bytes of a line that is missing, and of one that is there twice', () => {
    assert.deepEqual(compareLines(printed, ['line 1', 'line 3'], 10), { lost: 7, doubled: 0 });
    assert.deepEqual(compareLines(printed, [...printed, 'line 2'], 10), { lost: 0, doubled: 7 });
  });

  void it('counts a torn line as both', () => {
    assert.deepEqual(compareLines(printed, ['line 1', 'li', 'line 3'], 10), {
      lost: 7,
      doubled: 3,
    });
  });

  void it('looks at the last lines only', () => {
    assert.deepEqual(compareLines(printed, ['line 2', 'line 3'], 2), { lost: 0, doubled: 0 });
  });
});
