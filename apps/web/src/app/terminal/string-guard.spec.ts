import { CLIPBOARD_STRING_MAX, LINK_MAX, STRING_MAX, StringGuard } from './string-guard';

function filterAll(pieces: readonly string[]): string {
  const guard = new StringGuard();
  return pieces.map((piece) => guard.filter(piece)).join('');
}

describe(StringGuard.name, () => {
  it.each([
    ['plain text', 'a]52;c;x\x07b'],
    ['other sequences', 'a\x1b[31mb\x1b(0c\x1bcd\x0e'],
    ['colours', '\x1b]11;#102030\x07'],
    ['links', '\x1b]8;;https://example.org/\x07here\x1b]8;;\x07'],
  ])('leaves %s alone', (_what, data) => {
    expect(filterAll([data])).toBe(data);
  });

  it.each([
    ['device control', 'a\x1bP+q544e\x1b\\b', 'a\x1b\\b'],
    ['images', 'a\x1bPq#0;2;0;0;0~~\x1b\\b', 'a\x1b\\b'],
    ['application commands', 'a\x1b_Gf=100;AAAA\x1b\\b', 'a\x1b\\b'],
    ['private messages', 'a\x1b^x\x1b\\b', 'a\x1b\\b'],
    ['starts of strings', 'a\x1bXx\x1b\\b', 'a\x1b\\b'],
    ['titles', 'a\x1b]0;title\x07b\x1b]2;title\x07c', 'abc'],
    ['unknown OSC', 'a\x1b]1337;File=size=9e9:AAAA\x07b', 'ab'],
    ['what is passed through tmux', 'a\x1bPtmux;\x1b\x1b]52;c;eA==\x07\x1b\\b', 'a\x1b\\b'],
    ['aborted strings', 'a\x1b]8;;http://x/\x18b', 'a\x18b'],
  ])('drops %s', (_what, data, expected) => {
    expect(filterAll([data])).toBe(expected);
    for (let cut = 0; cut <= data.length; cut++) {
      expect(filterAll([data.slice(0, cut), data.slice(cut)])).toBe(expected);
    }
  });

  it('[G13] prints nothing of a name that ESC k gives a window', () => {
    expect(filterAll(['a\x1bk#(touch /tmp/x)\x1b\\b'])).toBe('a\x1b\\b');
  });

  it('[G31] takes 8-bit controls for the characters they are in UTF-8, not for sequences', () => {
    expect(filterAll(['a\u009b31mb\u009d52;c;?\u009cc\u0090d'])).toBe('a31mb52;c;?cd');
  });

  it('ends an OSC wherever it is cut', () => {
    const data = 'a\x1b]8;;http://x/\x1b\\b\x1b]8;;\x1b\\c';
    const expected = 'a\x1b]8;;http://x/\x07\x1b\\b\x1b]8;;\x07\x1b\\c';
    for (let cut = 0; cut <= data.length; cut++) {
      expect(filterAll([data.slice(0, cut), data.slice(cut)])).toBe(expected);
    }
  });

  it.each([']8;;http://', ']11;', ']', 'P', '_', '^', 'X', 'k', 'Ptmux;'])(
    '[G21] drops an endless ESC %s and goes on after it',
    (start) => {
      const guard = new StringGuard();
      expect(guard.filter(`a\x1b${start}`)).toBe('a');
      for (let i = 0; i < 80; i++) expect(guard.filter('x'.repeat(STRING_MAX))).toBe('');
      expect(JSON.stringify(guard).length).toBeLessThan(1000);
      expect(guard.filter('\x1b\\b')).toBe('\x1b\\b');
    },
  );

  it('lets a longer text be copied, up to a bound', () => {
    const text = 'A'.repeat(100 * 1024);
    expect(filterAll([`\x1b]52;c;${text}\x07`])).toBe(`\x1b]52;c;${text}\x07`);
    expect(filterAll([`\x1b]52;c;${'A'.repeat(CLIPBOARD_STRING_MAX)}\x07b`])).toBe('b');
  });

  it('closes links that are too long, as targets or as text', () => {
    const long = `http://x/${'y'.repeat(LINK_MAX)}`;
    expect(filterAll([`\x1b]8;;${long}\x07here`])).toBe('\x1b]8;;\x07here');
    expect(filterAll(['\x1b]8;;http://x/\x07', 'a\n'.repeat(40), 'b'])).toBe(
      `\x1b]8;;http://x/\x07\x1b]8;;\x07${'a\n'.repeat(40)}b`,
    );
  });

  it('forgets ids of links, which would have to be searched for', () => {
    expect(filterAll(['\x1b]8;id=1:x=2;http://x/\x07'])).toBe('\x1b]8;;http://x/\x07');
  });

  it('starts anew', () => {
    const guard = new StringGuard();
    guard.filter('\x1b]8;;half');
    guard.reset();
    expect(guard.filter('text')).toBe('text');
  });

  it('takes no longer than linear time for a megabyte of tiny strings', () => {
    const guard = new StringGuard();
    const started = performance.now();
    for (const tiny of ['\x1bPtmux;\x1b\x1b\x1b\\', '\x1b]8;;a\x07', '\x1b\x1b', '\x1bP']) {
      guard.filter(tiny.repeat(Math.ceil(1e6 / tiny.length)));
    }
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
