import fc from 'fast-check';
import { encodeCommand, encodeCommandLine, escapeFormat, hexWords, quoteWord } from './encode.js';
import { EncodeError } from './errors.js';

describe(quoteWord.name, () => {
  it.each([
    ['', '""'],
    ['%5', '"%5"'],
    ['two words', '"two\\040words"'],
    ['"\'$~#{};\\', '"\\042\\047\\044\\176\\043\\173\\175\\073\\134"'],
    ['é', '"\\303\\251"'],
    ['😀\t', '"\\360\\237\\230\\200\\011"'],
  ])('writes %j as %s', (word, quoted) => {
    expect(quoteWord(word)).toBe(quoted);
  });

  it('uses only the safe alphabet for any bytes, so no line can be cut or extended', () => {
    const bytes = fc.uint8Array().map((all) => all.filter((b) => ![0, 10, 13].includes(b)));
    fc.assert(
      fc.property(bytes, (word) => {
        expect(quoteWord(word)).toMatch(/^"(?:[0-9A-Za-z_@%:.,+/=-]|\\[0-3][0-7]{2})*"$/);
      }),
    );
  });

  it.each(['a\0', 'a\nb', '\r', '\ud800'])('refuses %j', (word) => {
    expect(() => quoteWord(word)).toThrow(EncodeError);
  });
});

describe(encodeCommandLine.name, () => {
  it('joins commands on one line', () => {
    expect(
      encodeCommandLine([
        ['select-pane', '-t', '%1'],
        ['rename-window', '-t', '@2', '--', '-a; b'],
      ]),
    ).toBe('select-pane "-t" "%1" ; rename-window "-t" "@2" "--" "-a\\073\\040b"\n');
  });

  it.each(['', 'Select-pane', 'a=b', 'select pane', 'x;y', '-a', 'a-', 'a--b', '%if', 'é'])(
    'refuses the command name %j',
    (name) => {
      expect(() => encodeCommand([name])).toThrow(EncodeError);
    },
  );

  it('refuses an empty line, which would detach', () => {
    expect(() => encodeCommandLine([])).toThrow(EncodeError);
  });

  it('refuses more arguments than tmux can parse', () => {
    const words = (count: number): string[] => Array.from({ length: count }, () => 'x');
    expect(encodeCommand(['send-keys', ...words(9000)])).toHaveLength(9 + 9000 * 4);
    expect(() => encodeCommand(['send-keys', ...words(9001)])).toThrow(EncodeError);
  });
});

describe(escapeFormat.name, () => {
  it('doubles every #', () => {
    expect(escapeFormat('a#b ##{x} #(id)')).toBe('a##b ####{x} ##(id)');
  });

  it('refuses #[', () => {
    expect(() => escapeFormat('a#[fg=red]')).toThrow(EncodeError);
    expect(() => escapeFormat('##[')).toThrow(EncodeError);
  });
});

describe(hexWords.name, () => {
  it('gives two digits for each byte', () => {
    expect(hexWords(Uint8Array.of(0, 9, 0x1b, 0xff))).toEqual(['00', '09', '1b', 'ff']);
  });
});
