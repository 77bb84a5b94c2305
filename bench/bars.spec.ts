import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judge } from './bars.ts';
import type { Figure } from './figures.ts';

const figure = (measurement: string, metric: string, target: string, value: number): Figure => ({
  measurement,
  metric,
  target,
  value,
  unit: 'ms',
});
const stateOf = (figures: readonly Figure[], bar: RegExp): string | undefined =>
  judge(figures).find((verdict) => bar.test(verdict.bar))?.state;

const echoes = (own: number, ttyd: number): Figure[] => [
  figure('echo', 'idle p50', 'tmuxy', 1),
  figure('echo', 'idle p50', 'ttyd', 2),
  figure('echo', 'idle p99', 'tmuxy', own),
  figure('echo', 'idle p99', 'ttyd', ttyd),
];

void describe(judge.name, () => {
  void it('measured nothing where nothing was measured', () => {
    assert.deepEqual(new Set(judge([]).map(({ state }) => state)), new Set(['not measured']));
  });

  void it('holds a bar whose every part holds', () => {
    assert.equal(stateOf(echoes(5, 5), /echo/), 'held');
    assert.equal(stateOf(echoes(6, 5), /echo/), 'missed');
  });

  void it('does not call held what was measured in part', () => {
    assert.equal(stateOf(echoes(5, 5).slice(0, 2), /echo/), 'not measured');
  });

  void it('compares floods with the fastest peer', () => {
    const floods = (own: number): Figure[] => [
      figure('flood', 'last line', 'tmuxy', own),
      figure('flood', 'last line', 'ttyd', 9000),
      figure('flood', 'last line', 'WeTTY', 4000),
    ];
    assert.equal(stateOf(floods(2000), /flood until/), 'held');
    assert.equal(stateOf(floods(2001), /flood until/), 'missed');
  });

  void it('tells the limit beside a flood, and how long a cut was', () => {
    const verdicts = judge([
      figure('limits', 'nobody attached', 'limit', 2100),
      figure('reconnect', 'cut', 'tmuxy', 5),
    ]);
    const seenOf = (bar: RegExp) => verdicts.find((one) => bar.test(one.bar))?.seen ?? '';
    assert.match(seenOf(/flood until/), /; tmux with nobody attached 2100 ms$/);
    assert.match(seenOf(/reconnect/), /; cut 5\.00 s$/);
  });

  void it('misses a fixed bound also where no peer was measured', () => {
    const slow = [figure('interrupt', 'prompt max', 'tmuxy', 151)];
    assert.equal(stateOf(slow, /Ctrl-C/), 'missed');
  });

  void it('takes the rise of memory by its own tolerance', () => {
    const rises = (rise: number): Figure[] =>
      ['1,000 connects', 'never reads'].flatMap((name) => [
        figure('memory', `${name}: rise`, 'tmuxy', rise),
        figure('memory', `${name}: rise allowed`, 'tmuxy', 8),
      ]);
    assert.equal(stateOf(rises(-3), /memory flat/), 'held');
    assert.equal(stateOf(rises(9), /memory flat/), 'missed');
  });

  void it('loses not one byte', () => {
    const lost = [figure('reconnect', 'told: lost', 'tmuxy', 1)];
    assert.equal(stateOf(lost, /reconnect/), 'missed');
  });
});
