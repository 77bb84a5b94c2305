import { NAME_MAX_LENGTH } from '#dto/constants';
import { InvalidRequestError } from '../http/app-error.js';
import { checkName, checkWindowName } from './session-name.js';

describe(checkName.name, () => {
  it.each(['work', 'a', '7', '_x', 'two words', 'a+b@c-d_e', 'größe', '漢字', 'क्ष'])(
    'takes %j as it is',
    (name) => {
      expect(checkName(name)).toBe(name.normalize('NFC'));
    },
  );

  it('trims the ends and composes characters, so that one name has one writing', () => {
    expect(checkName('  work ')).toBe('work');
    expect(checkName('gro\u0308ße')).toBe('gr\u00f6ße');
  });

  it.each([
    ['nothing', ''],
    ['spaces alone', '   '],
    ['a colon', 'a:b'],
    ['a full stop', 'a.b'],
    ['a format', 'a#{pid}'],
    ['a command in a format', '#(id)'],
    ['a leading dash', '-t'],
    ['a session id', '$1'],
    ['a window id', '@1'],
    ['a pane id', '%1'],
    ['an exact-match mark', '=work'],
    ['a special target', '{last}'],
    ['a separator', 'a;b'],
    ['a line feed inside', 'a\nb'],
    ['a tab', 'a\tb'],
    ['an escape', 'a\u001bb'],
    ['a NUL', 'a\0b'],
    ['a mark that turns text around', 'a\u202eb'],
    ['a space of no width', 'a\u200bb'],
    ['a lone surrogate', 'a\ud800'],
    ['quotes', `a"'b`],
    ['a slash', '../x'],
  ])('refuses %s', (_name, text) => {
    expect(() => checkName(text)).toThrow(InvalidRequestError);
  });

  it('counts characters, not code units', () => {
    expect(checkName('𝒳'.repeat(NAME_MAX_LENGTH))).toHaveLength(2 * NAME_MAX_LENGTH);
    expect(() => checkName('𝒳'.repeat(NAME_MAX_LENGTH + 1))).toThrow(InvalidRequestError);
  });
});

describe(checkWindowName.name, () => {
  it.each(['vim', '-t', '$1', 'a:b.c', `a'; kill-server; '`, '{x}', '漢字'])('takes %j', (name) => {
    expect(checkWindowName(name)).toBe(name);
  });

  it.each([
    '',
    '  ',
    '#(id)',
    '#[bold]',
    'a\nb',
    'a\u001bb',
    'a\u202eb',
    'a\ud800b',
    'x'.repeat(65),
  ])('refuses %j', (name) => {
    expect(() => checkWindowName(name)).toThrow(InvalidRequestError);
  });
});
