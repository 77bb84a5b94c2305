import fc from 'fast-check';
import { cleanPaste } from './paste-text.js';

const ESC = '\u001b';
// eslint-disable-next-line no-control-regex -- the markers are escape sequences
const ANY_MARKER = /(?:\u001b\[|\u009b)20[01]~/;

describe(cleanPaste.name, () => {
  it.each([
    ['text', 'echo "a" ~ $HOME', 'echo "a" ~ $HOME'],
    ['nothing', '', ''],
    ['other escape sequences', `${ESC}[31mred${ESC}[20~`, `${ESC}[31mred${ESC}[20~`],
    ['characters outside the BMP', '🚀 漢', '🚀 漢'],
    ['bytes that are no UTF-8', 'a\udcffb', 'a\udcffb'],
  ])('leaves %s alone', (_name, text, expected) => {
    expect(cleanPaste(text)).toBe(expected);
  });

  it.each([
    ['an end', `a${ESC}[201~b`, 'ab'],
    ['a start', `a${ESC}[200~b`, 'ab'],
    ['an end in eight bits', 'a\u009b201~b', 'ab'],
    ['one inside another', `a${ESC}[20${ESC}[201~1~b`, 'ab'],
    ['one of each kind inside each other', `a${ESC}[2\u009b200~01~b`, 'ab'],
    ['one that a NUL keeps apart', `a${ESC}[2\u000001~b`, 'ab'],
    ['several', `${ESC}[200~${ESC}[201~${ESC}[201~`, ''],
  ])('takes out %s', (_name, text, expected) => {
    expect(cleanPaste(text)).toBe(expected);
  });

  it('writes every line end as a line feed', () => {
    expect(cleanPaste('a\r\nb\rc\nd\r\r\n')).toBe('a\nb\nc\nd\n\n');
  });

  it('takes out markers nested as deep as a paste is long', () => {
    const depth = 200_000;
    expect(cleanPaste(`a${`${ESC}[20`.repeat(depth)}${'1~'.repeat(depth)}b`)).toBe('ab');
  });

  it('lets no marker through, whatever it is made of', () => {
    const piece = fc.constantFrom(
      ...[ESC, '[', '\u009b', '2', '0', '1', '~', '\0', '\r', '\n', 'x'],
      ...[`${ESC}[20`, '0~', '1~', `${ESC}[201~`, '\u009b20'],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const cleaned = cleanPaste(pieces.join(''));
        expect(cleaned).not.toMatch(ANY_MARKER);
        expect(cleaned).not.toMatch(/[\0\r]/);
        expect(cleanPaste(cleaned)).toBe(cleaned);
      }),
      { numRuns: 5000 },
    );
  });
});
