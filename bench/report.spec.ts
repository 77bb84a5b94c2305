import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Figure } from './figures.ts';
import { measurementTable, ratio, verdictTable } from './report.ts';

const figure = (metric: string, target: string, value: number): Figure => ({
  measurement: 'echo',
  metric,
  target,
  value,
  unit: 'ms',
});

void describe(measurementTable.name, () => {
  void it('puts us first and compares us with each peer', () => {
    const table = measurementTable([
      figure('p50', 'ttyd', 4),
      figure('p50', 'tmuxy', 3),
      figure('p99', 'tmuxy', 10.25),
    ]);
    assert.deepEqual(table.split('\n'), [
      '       tmuxy    ttyd  tmuxy/ttyd',
      'p50   3.0 ms  4.0 ms      0.75 x',
      'p99  10.3 ms       –           –',
    ]);
  });

  void it('compares nothing where we were not measured', () => {
    assert.equal(measurementTable([figure('alone', 'limit', 2)]), '        limit\nalone  2.0 ms');
  });
});

void describe(ratio.name, () => {
  void it('is unknown beside nothing', () => {
    assert.equal(ratio(1, 2), '0.50 x');
    assert.equal(ratio(1, undefined), '–');
    assert.equal(ratio(1, 0), '–');
  });
});

void describe(verdictTable.name, () => {
  void it('says for each bar what became of it and by which figures', () => {
    const table = verdictTable([{ bar: 'fast', state: 'held', seen: 'p50 1 ms' }]);
    assert.equal(table, 'HELD          fast\n              p50 1 ms');
  });
});
