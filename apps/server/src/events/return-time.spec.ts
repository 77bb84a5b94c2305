import { returnMs } from './return-time.js';

describe(returnMs.name, () => {
  const all = (count: number): number[] =>
    Array.from({ length: count }, (_, index) => returnMs(index, count));

  it('lets one come back soon', () => {
    expect(all(1)).toEqual([500]);
  });

  it('takes longer for more, each at another time', () => {
    const ten = all(10);
    expect(new Set(ten).size).toBe(10);
    expect(Math.max(...ten)).toBeLessThan(600);
    expect(Math.max(...all(200))).toBeGreaterThan(2000);
  });

  it('never takes longer than five seconds', () => {
    const times = all(10_000);
    expect(Math.max(...times)).toBeLessThanOrEqual(5000);
    // As many in each tenth of the time.
    const tenth = times.filter((ms) => ms < 950);
    expect(Math.abs(tenth.length - 1000)).toBeLessThan(5);
  });
});
