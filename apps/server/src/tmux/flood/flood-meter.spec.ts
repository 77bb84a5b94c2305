import {
  BURST_BYTES,
  CALM_BYTES_PER_SECOND,
  FloodMeter,
  LAG_BYTES,
  LAG_MS,
} from './flood-meter.js';

describe(FloodMeter.name, () => {
  it('lets a burst pass, and not more', () => {
    const meter = new FloodMeter();
    expect(meter.heard(BURST_BYTES, 1000, 0)).toBe(false);
    expect(meter.heard(1, 1000, 0)).toBe(true);
  });

  it('lets what leaks pass for ever', () => {
    const meter = new FloodMeter();
    const each = CALM_BYTES_PER_SECOND / 100;
    const floods = Array.from({ length: 10_000 }, (_, index) => meter.heard(each, 10 * index, 0));
    expect(floods).not.toContain(true);
    expect(meter.heard(2 * BURST_BYTES, 100_000, 0)).toBe(true);
  });

  it('takes less for a flood when tmux falls behind with it', () => {
    const meter = new FloodMeter();
    expect(meter.heard(LAG_BYTES, 0, 10 * LAG_MS)).toBe(false);
    expect(meter.heard(1, 0, LAG_MS)).toBe(false);
    expect(meter.heard(1, 0, LAG_MS + 1)).toBe(true);
  });

  it('forgets a burst that was long ago, and all of it after an interruption', () => {
    const meter = new FloodMeter();
    meter.heard(BURST_BYTES, 0, 0);
    expect(meter.heard(BURST_BYTES, 1000, 0)).toBe(false);
    meter.reset();
    expect(meter.heard(BURST_BYTES, 1000, 0)).toBe(false);
  });
});
