import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Collected } from './collected.ts';

const metered = (seconds: number) => ({
  result: undefined,
  serverCpuSeconds: seconds,
  tmuxCpuSeconds: seconds / 10,
  serverRssBytes: 150_000_000,
  tmuxRssBytes: 5_000_000,
});

void describe(Collected.name, () => {
  void it('answers the middle of all rounds', () => {
    const collected = new Collected('load');
    collected.add('tmuxy', 'cold', 30);
    collected.add('tmuxy', 'cold', 10, 20);
    assert.deepEqual(collected.figures(), [
      { measurement: 'load', metric: 'cold', target: 'tmuxy', value: 20, unit: 'ms' },
    ]);
  });

  void it('spreads the samples of all rounds into percentiles', () => {
    const collected = new Collected('echo');
    for (let sample = 1; sample <= 100; sample += 1) collected.add('ttyd', 'idle', sample);
    const values = collected.figures(['idle']).map(({ metric, value }) => [metric, value]);
    assert.deepEqual(values, [
      ['idle p50', 50],
      ['idle p95', 95],
      ['idle p99', 99],
      ['idle max', 100],
    ]);
  });

  void it('tells what was taken in units of its own', () => {
    const collected = new Collected('flood');
    for (const seconds of [1, 3, 2]) collected.cost('tmuxy', '', metered(seconds));
    const cells = collected.figures().map(({ metric, value, unit }) => [metric, value, unit]);
    assert.deepEqual(cells, [
      ['server CPU', 2, 's'],
      ['tmux CPU', 0.2, 's'],
      ['server RSS', 150, 'MB'],
      ['tmux RSS', 5, 'MB'],
    ]);
  });
});
