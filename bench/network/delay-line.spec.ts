import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DelayLine } from './delay-line.ts';

void describe(DelayLine.name, () => {
  void it('takes half a round trip', () => {
    const line = new DelayLine({ rttMs: 60, loss: 0 }, 0);
    assert.equal(line.arrival(100), 130);
    assert.equal(line.arrival(101), 131);
  });

  void it('sends nothing before the connection is made', () => {
    const line = new DelayLine({ rttMs: 60, loss: 0 }, 60);
    assert.equal(line.arrival(0), 90);
  });

  void it('keeps everything behind a lost packet waiting until it was sent again', () => {
    const draws = [0.9, 0.01, 0.9, 0.9];
    const line = new DelayLine({ rttMs: 60, loss: 0.05 }, 0, () => draws.shift() ?? 1);
    assert.equal(line.arrival(1000), 1030);
    assert.equal(line.arrival(1010), 1300);
    assert.equal(line.arrival(1020), 1300);
    assert.equal(line.arrival(2000), 2030);
  });
});
