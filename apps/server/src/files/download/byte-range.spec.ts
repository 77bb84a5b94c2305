import fc from 'fast-check';
import { parseRange } from './byte-range.js';

describe(parseRange.name, () => {
  it.each([
    [undefined, 10, undefined],
    ['', 10, undefined],
    ['nonsense', 10, undefined],
    ['lines=1-2', 10, undefined],
    ['bytes=0-0', 10, { start: 0, end: 0 }],
    ['bytes=2-', 10, { start: 2, end: 9 }],
    ['bytes=2-999', 10, { start: 2, end: 9 }],
    ['bytes=-4', 10, { start: 6, end: 9 }],
    ['bytes=-40', 10, { start: 0, end: 9 }],
    ['bytes=0-', 0, 'unsatisfiable'],
    ['bytes=-1', 0, 'unsatisfiable'],
    ['bytes=10-', 10, 'unsatisfiable'],
    ['bytes=3-2', 10, 'unsatisfiable'],
    ['bytes=0-0,2-2', 10, 'unsatisfiable'],
    ['bytes=-1e99', 10, 'unsatisfiable'],
    ['bytes=+1-2', 10, 'unsatisfiable'],
    ['bytes=1.5-2', 10, 'unsatisfiable'],
    ['bytes=\u0661-\u0662', 10, 'unsatisfiable'],
  ])('[D35] reads %j of %d bytes', (header, size, range) => {
    expect(parseRange(header, size)).toEqual(range);
  });

  it('never leaves the file', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^bytes=[0-9,\-e+ ]{0,20}$/), fc.nat(), (header, size) => {
        const range = parseRange(header, size);
        if (typeof range !== 'object') return;
        expect(range.start).toBeGreaterThanOrEqual(0);
        expect(range.start).toBeLessThanOrEqual(range.end);
        expect(range.end).toBeLessThan(size);
      }),
      { numRuns: 2_000 },
    );
  });
});
