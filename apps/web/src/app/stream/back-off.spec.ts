import { backOffMs } from './back-off';

describe(backOffMs.name, () => {
  it('doubles from 0.3 s to 10 s', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 50].map((attempt) => backOffMs(attempt, 0));
    expect(waits).toEqual([300, 600, 1200, 2400, 4800, 9600, 10_000, 10_000]);
  });

  it('takes up to half off at random', () => {
    expect(backOffMs(1, 0.5)).toBe(225);
    expect(backOffMs(50, 1)).toBe(5000);
  });
});
