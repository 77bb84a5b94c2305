import {
  FRAME_INTERVAL_MAX_MS,
  FRAME_INTERVAL_MS,
  frameIntervalMs,
  losesCaptures,
} from './frame-interval.js';

describe(frameIntervalMs.name, () => {
  it('is short while a flood is young, and grows with it', () => {
    expect(frameIntervalMs(0, true)).toBe(FRAME_INTERVAL_MS);
    expect(frameIntervalMs(4_000, true)).toBe(FRAME_INTERVAL_MS);
    expect(frameIntervalMs(30_000, true)).toBe(300);
    expect(frameIntervalMs(3_600_000, true)).toBe(FRAME_INTERVAL_MAX_MS);
  });

  it('stays short where a capture costs no memory', () => {
    expect(frameIntervalMs(3_600_000, false)).toBe(FRAME_INTERVAL_MS);
  });

  it('captures little in an hour: less than 50 MB of 10 KB each', () => {
    let frames = 0;
    for (let at = 0; at < 3_600_000; at += frameIntervalMs(at, true)) frames += 1;
    expect(frames * 10_000).toBeLessThan(50_000_000);
  });
});

describe(losesCaptures.name, () => {
  it.each([
    ['3.2a', true],
    ['3.3a', true],
    ['3.5a', true],
    ['3.6', false],
    ['3.7c', false],
    ['next-3.8', true],
    ['', true],
  ])('%s: %s', (version, expected) => {
    expect(losesCaptures(version)).toBe(expected);
  });
});
