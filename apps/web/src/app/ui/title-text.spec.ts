import { PlainTitle, sanitizeTitle, TITLE_MAX_CHARS } from './title-text';

describe(sanitizeTitle.name, () => {
  it.each(['vim', '#(touch /tmp/x)', 'grüße 日本 👍🏽', '<b>not bold</b>', 'e\u0301'])(
    'leaves %j alone',
    (title) => {
      expect(sanitizeTitle(title)).toBe(title);
    },
  );

  it.each([
    ['\x1b]0;x\x07y', ']0;xy'],
    ['a\u009b31mb', 'a31mb'],
    ['root\u202etoor', 'roottoor'],
    ['a\u2066b\u2069c\u200fd\u061ce', 'abcde'],
    ['w\u200bo\u2060r\ufeffk\u3164', 'work'],
    ['two\r\nlines\tand', 'two lines and'],
    ['a\u{e0041}b', 'ab'],
    ['half\ud800', 'half'],
  ])('takes what is not seen out of %j', (title, shown) => {
    expect(sanitizeTitle(title)).toBe(shown);
  });

  it('bounds length and what is piled on one character', () => {
    expect(Array.from(sanitizeTitle('👍'.repeat(1_000_000)))).toHaveLength(TITLE_MAX_CHARS);
    expect(sanitizeTitle(`a${'\u0301'.repeat(100)}b`)).toBe(`a${'\u0301'.repeat(8)}b`);
  });

  it('is a pipe that knows nothing for nothing', () => {
    expect(new PlainTitle().transform(null)).toBe('');
    expect(new PlainTitle().transform('a\x07b')).toBe('ab');
  });
});
