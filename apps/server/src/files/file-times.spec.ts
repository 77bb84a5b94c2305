import { isoTime } from './file-times.js';

describe(isoTime.name, () => {
  it.each([
    [0n, '1970-01-01T00:00:00.000Z'],
    [-1n, '1969-12-31T23:59:59.999Z'],
    [2n ** 63n, '+275760-09-13T00:00:00.000Z'],
    [-(2n ** 63n), '-271821-04-20T00:00:00.000Z'],
  ])('writes %s', (timeMs, text) => {
    expect(isoTime(timeMs)).toBe(text);
  });
});
