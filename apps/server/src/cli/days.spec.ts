import { daysIn } from './days.js';

describe(daysIn.name, () => {
  it.each([
    ['1d', 1],
    ['30d', 30],
    ['12w', 84],
    ['1y', 365],
    ['never', null],
  ])('reads %s', (text, days) => {
    expect(daysIn(text)).toBe(days);
  });

  it.each(['', '0d', '30', 'd', '-1d', '1.5d', '11y', '99999w', 'Never', '30 d'])(
    'refuses %j',
    (text) => {
      expect(() => daysIn(text)).toThrow('--expires');
    },
  );
});
