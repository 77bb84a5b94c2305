import { LINE_MAX_CHARS, textLines } from './text-lines';

const lines = (text: string, isWhole = true) => textLines(new TextEncoder().encode(text), isWhole);

describe(textLines.name, () => {
  it('shows what would not be seen, and keeps tabs', () => {
    const text = 'a\tb\n\x1b[31mred\nif (admin\u202e) {\u2066\n\x00';
    expect(lines(text).lines).toEqual(['a\tb', '␛[31mred', 'if (admin\\u{202e}) {\\u{2066}', '␀']);
  });

  it('leaves out the CRs of a file that has one in every line, and shows them in others', () => {
    expect(lines('a\r\nb\r\n')).toMatchObject({ lines: ['a', 'b'], isCrlf: true });
    expect(lines('a\r\nb\n')).toMatchObject({ lines: ['a␍', 'b'], isCrlf: false });
  });

  it('holds back a line and a character that are not complete', () => {
    expect(lines('one\ntw', false).lines).toEqual(['one']);
    expect(lines('one\ntw', true).lines).toEqual(['one', 'tw']);
    const cut = new TextEncoder().encode('one\nü').subarray(0, 5);
    expect(textLines(cut, false)).toEqual({ lines: ['one'], isCrlf: false, hasBadBytes: false });
  });

  it('shows the beginning of a line that goes on and on', () => {
    const [line] = lines('x'.repeat(100_000), false).lines;
    expect(line).toBe(`${'x'.repeat(LINE_MAX_CHARS)}…`);
  });

  it('says when bytes are no UTF-8', () => {
    expect(textLines(Uint8Array.of(0x61, 0xff, 0x0a), true)).toMatchObject({
      lines: ['a\ufffd'],
      hasBadBytes: true,
    });
  });

  it('has no lines for an empty file', () => {
    expect(lines('').lines).toEqual([]);
  });
});
