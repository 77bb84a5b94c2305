import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lowest, trendOf } from './trend.ts';

const series = (count: number, y: (x: number) => number) =>
  Array.from({ length: count }, (_, x) => ({ x, y: y(x) }));
const TOLERANCE = { absolute: 8, share: 0.05 };

void describe(trendOf.name, () => {
  void it('calls flat what only warmed up', () => {
    const warming = series(100, (x) => 100 + Math.min(x, 40));
    assert.equal(trendOf(warming, TOLERANCE).verdict, 'flat');
  });

  void it('calls growing what goes on rising', () => {
    const leaking = series(100, (x) => 100 + x);
    const { verdict, rise } = trendOf(leaking, TOLERANCE);
    assert.equal(verdict, 'growing');
    assert.ok(Math.abs(rise - 49) < 0.001);
  });

  void it('finds a leak below a sawtooth of collections', () => {
    const leaking = series(200, (x) => 100 + x / 2 + (x % 10));
    assert.equal(trendOf(leaking, TOLERANCE).verdict, 'growing');
    const steady = series(200, (x) => 100 + (x % 10));
    assert.equal(trendOf(steady, TOLERANCE).verdict, 'flat');
  });

  void it('allows large things a share of their size', () => {
    const large = series(100, (x) => 1000 + x);
    const { verdict, allowed } = trendOf(large, TOLERANCE);
    assert.equal(verdict, 'flat');
    assert.ok(allowed > 50);
    assert.equal(trendOf(large, { absolute: 8, share: 0 }).verdict, 'growing');
  });

  void it('calls what shrinks flat', () => {
    assert.equal(
      trendOf(
        series(50, (x) => 500 - x),
        TOLERANCE,
      ).verdict,
      'flat',
    );
  });

  void it('refuses to judge nothing', () => {
    assert.throws(() => trendOf([], TOLERANCE), RangeError);
  });
});

void describe(lowest.name, () => {
  void it('sees below a sawtooth', () => {
    const sawtooth = lowest(series(1000, (x) => 100 + (x % 40)));
    assert.equal(sawtooth.length, 20);
    assert.ok(sawtooth.every(({ y }) => y === 100));
  });

  void it('keeps every one of few samples', () => {
    assert.deepEqual(
      lowest(series(5, (x) => x)),
      series(5, (x) => x),
    );
    assert.deepEqual(lowest([]), []);
  });
});
