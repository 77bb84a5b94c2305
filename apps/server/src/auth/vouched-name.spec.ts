import { vouchedName } from './vouched-name.js';

describe(vouchedName.name, () => {
  it.each([
    ['ana', 'ana'],
    ['  ana@example.com ', 'ana@example.com'],
    ['Ana Lía', 'Ana Lía'],
    ['cafe\u0301', 'caf\u00e9'],
    ['/team/ops', '/team/ops'],
    ['x'.repeat(256), 'x'.repeat(256)],
  ])('takes %j', (text, name) => {
    expect(vouchedName(text)).toBe(name);
  });

  it.each([
    '',
    '   ',
    'a\nb',
    'a\0',
    'a\u009bb',
    'an\u200ba',
    '\u202eana',
    'a\u2028b',
    'a\ud800',
    'x'.repeat(257),
    undefined,
    null,
    7,
    ['ana'],
    { toString: () => 'ana' },
  ])('refuses %j', (text) => {
    expect(vouchedName(text)).toBeUndefined();
  });
});
