import { shellQuote, untypeable } from './shell-quote';

/** Reads one word as POSIX 2.2.2 says: between single quotes all is literal, `\'` outside is a quote. */
function asShellReads(word: string): string {
  return word.replace(
    /'([^']*)'|\\(.)/gsu,
    (_, quoted?: string, escaped?: string) => quoted ?? escaped ?? '',
  );
}

/** Reads a line as fish does: between single quotes, `\'` and `\\` stand for what they escape. */
function asFishReads(line: string): string {
  return line.replace(
    /'((?:[^'\\]|\\.)*)'|\\(.)|[\s\S]/gu,
    (character, quoted?: string, escaped?: string) =>
      quoted?.replace(/\\(['\\])/g, '$1') ?? escaped ?? `<${character}>`,
  );
}

describe(shellQuote.name, () => {
  it('leaves plain paths as people write them', () => {
    expect(shellQuote('/srv/app-1.2/a_b.txt')).toBe('/srv/app-1.2/a_b.txt');
  });

  it.each([
    "it's",
    '$(reboot)',
    '`id`',
    'a b',
    '"quoted"',
    'back\\slash',
    '!history',
    '~root',
    '*',
    ';rm -rf /',
    '<img src=x onerror=alert(1)>',
    '',
    "'",
    "''a''",
    'grüße 日本',
    '#x',
    String.raw`\'; reboot; #`,
    String.raw`\'`,
    String.raw`'\\'`,
    'ends with \\',
  ])('makes one word of %j', (text) => {
    const quoted = shellQuote(text);
    expect(quoted).toMatch(/^'/);
    expect(asShellReads(quoted)).toBe(text);
    expect(asFishReads(quoted)).toBe(text);
  });
});

describe(untypeable.name, () => {
  it('refuses what a terminal would act on', () => {
    expect(untypeable({ path: '/a\nreboot\n' })).toMatch(/control characters/);
    expect(untypeable({ path: '/a\x1b[201~' })).toMatch(/control characters/);
    expect(untypeable({ path: '/a\u009b' })).toMatch(/control characters/);
    expect(untypeable({ path: '/\ufffd', path64: 'L_8' })).toMatch(/no UTF-8/);
    expect(untypeable({ path: "/it's $(fine)" })).toBeNull();
  });
});
