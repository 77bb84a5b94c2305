import fc from 'fast-check';
import { canonicalJson, MAX_DEPTH, type CanonicalInput } from './canonical-json.js';

describe(canonicalJson.name, () => {
  it('sorts properties as RFC 8785 §3.2.3 has it', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    const written = canonicalJson(value);
    expect([...written.matchAll(/:"([A-Z]\w+)/g)].map(([, word]) => word)).toEqual([
      'Carriage',
      'One',
      'Control',
      'Latin',
      'Euro',
      'Emoji',
      'Hebrew',
    ]);
    expect(JSON.parse(written)).toEqual(value);
  });

  it('writes strings and literals as RFC 8785 §3.2.2 has it', () => {
    const value = {
      string: '\u20ac$\u000f\nA\'B"\\\\"/',
      literals: [null, true, false],
      numbers: [333333333, -0, 9007199254740991],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333,0,9007199254740991],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts numbers in names as text, and leaves out what is absent', () => {
    expect(canonicalJson({ 9: 1, 10: 2, b: undefined, a: [{ d: 1, c: 2 }] })).toBe(
      '{"10":2,"9":1,"a":[{"c":2,"d":1}]}',
    );
  });

  it('has one way of writing for one value, whatever the order it was made in', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), (made) => {
        const value = made as Readonly<Record<string, CanonicalInput>>;
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(turned)).toBe(canonicalJson(value));
        const read = JSON.parse(canonicalJson(value)) as CanonicalInput;
        expect(canonicalJson(read)).toBe(canonicalJson(value));
      }),
    );
  });

  it('refuses what is nested deeper than any record', () => {
    const nested = (depth: number): CanonicalInput => (depth === 0 ? 1 : [nested(depth - 1)]);
    expect(canonicalJson(nested(MAX_DEPTH))).toBe(
      '['.repeat(MAX_DEPTH) + '1' + ']'.repeat(MAX_DEPTH),
    );
    expect(() => canonicalJson(nested(MAX_DEPTH + 1))).toThrow(RangeError);
    expect(() => canonicalJson(nested(5000))).toThrow(RangeError);
  });
});
