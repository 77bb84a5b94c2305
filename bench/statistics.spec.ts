import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { percentiles } from './statistics.ts';

void describe(percentiles.name, () => {
  void it('takes the nearest rank of the sorted samples', () => {
    const samples = Array.from({ length: 100 }, (_, index) => 100 - index);
    assert.deepEqual(percentiles(samples), { p50: 50, p95: 95, p99: 99 });
  });

  void it('answers the only sample for every rank', () => {
    assert.deepEqual(percentiles([7]), { p50: 7, p95: 7, p99: 7 });
  });

  void it('refuses to measure nothing', () => {
    assert.throws(() => percentiles([]), RangeError);
  });
});
