import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { median, percentiles, slopeOf } from './statistics.ts';

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

void describe(median.name, () => {
  void it('is a value that was measured', () => {
    assert.equal(median([9, 1, 5]), 5);
    assert.equal(median([4, 1]), 1);
  });
});

void describe(slopeOf.name, () => {
  void it('finds the line that samples lie on', () => {
    const points = [3, 1, 2].map((x) => ({ x, y: 10 - 2 * x }));
    assert.equal(slopeOf(points), -2);
  });

  void it('sees through noise that goes both ways', () => {
    const points = Array.from({ length: 100 }, (_, x) => ({ x, y: x / 2 + (x % 2 ? 9 : -9) }));
    assert.ok(Math.abs(slopeOf(points) - 0.5) < 0.02);
  });

  void it('is level where nothing can be told', () => {
    assert.equal(slopeOf([]), 0);
    assert.equal(slopeOf([{ x: 1, y: 5 }]), 0);
  });
});
