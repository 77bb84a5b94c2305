import { userNameIn } from './user-name.js';

describe(userNameIn.name, () => {
  it.each(['ana', 'Zoë', 'a.b_c-d@example.org', '李', 'x'.repeat(64)])('takes %.20j', (name) => {
    expect(userNameIn(name)).toBe(name);
  });

  it('[M21] makes one name of what looks the same', () => {
    expect(userNameIn('Zoe\u0308')).toBe('Zo\u00eb');
  });

  it.each([
    '',
    'a b',
    'a/b',
    'a:b',
    'a\u200bb',
    '\u202eana',
    'a\nb',
    'a\0',
    '🦊',
    'x'.repeat(65),
    '\ud800',
  ])('[M21] refuses %.20j', (name) => {
    expect(userNameIn(name)).toBeUndefined();
  });
});
