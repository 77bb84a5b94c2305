import { CsiClamp } from './csi-clamp';

const SIZE = { cols: 200, rows: 50 };

function filterAll(pieces: readonly string[]): string {
  const clamp = new CsiClamp();
  return pieces.map((piece) => clamp.filter(piece, SIZE)).join('');
}

describe(CsiClamp.name, () => {
  it.each([
    ['\x1b[1000000000b', '\x1b[200b'],
    ['a\x1b[99999Lb', 'a\x1b[50Lb'],
    ['a\x1b[300Mb\x1b[51T', 'a\x1b[50Mb\x1b[50T'],
    ['\x1b[99999;3S', '\x1b[50;3S'],
    ['\x1b[99999 @', '\x1b[200 @'],
    ["\x1b[99999'}", "\x1b[200'}"],
    ['\u009b99999P', '\x1b[200P'],
    ['\x1b[9\n99999M', '\n\x1b[50M'],
    ['\x1b\x07[99999Z', '\x07\x1b[200Z'],
    ['\x1b[0000000005X', '\x1b[5X'],
  ])('bounds %j', (data, expected) => {
    expect(filterAll([data])).toBe(expected);
  });

  it.each([
    'plain text 99999b',
    '\x1b[9999;9999H',
    '\x1b[?2004h\x1b[?1049l',
    '\x1b[38;2;255;100;100mred\x1b[0m',
    '\x1b[12L',
    '\x1b]0;99999b\x07',
  ])('leaves %j alone', (data) => {
    expect(filterAll([data])).toBe(data);
  });

  it('bounds a sequence wherever it is cut', () => {
    const data = 'a\x1b[1000000000bc';
    for (let i = 0; i <= data.length; i++) {
      for (let j = i; j <= data.length; j++) {
        const pieces = [data.slice(0, i), data.slice(i, j), data.slice(j)];
        expect(filterAll(pieces)).toBe('a\x1b[200bc');
      }
    }
  });

  it('does not hold back an endless sequence', () => {
    const clamp = new CsiClamp();
    clamp.filter(`\x1b[${'0'.repeat(5000)}`, SIZE);
    expect(clamp.filter('text', SIZE)).toBe('text');
  });

  it('forgets half a sequence when the terminal starts anew', () => {
    const clamp = new CsiClamp();
    clamp.filter('\x1b[99', SIZE);
    clamp.reset();
    expect(clamp.filter('99b', SIZE)).toBe('99b');
  });
});
