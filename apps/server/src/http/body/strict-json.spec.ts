import fc from 'fast-check';
import { DEPTH_MAX, parseStrictJson } from './strict-json.js';

/** What of JSON is taken: no keys that all objects have, numbers a double holds exactly. */
const KEY = fc
  .string({ unit: 'binary' })
  .filter((key) => !(key in Object.prototype) && key !== 'prototype');
const LEAF = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.maxSafeInteger(),
  fc.double({ noDefaultInfinity: true, noNaN: true, min: -1e15, max: 1e15 }),
  fc.boolean(),
  fc.constant(null),
);
const { value: VALUE } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 8 },
    LEAF,
    fc.array(tie('value')),
    fc.dictionary(KEY, tie('value'), { noNullPrototype: true }),
  ),
}));

describe(parseStrictJson.name, () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(VALUE, fc.constantFrom(undefined, 1, '\t'), (value, space) => {
        const text = JSON.stringify(value, undefined, space);
        expect(parseStrictJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('never reads what JSON.parse does not', () => {
    const noise = fc.stringMatching(/^[[\]{}",:\\ 0-9.eE+\-antrue]{0,20}$/);
    fc.assert(
      fc.property(noise, (text) => {
        let expected: unknown;
        try {
          expected = JSON.parse(text);
        } catch {
          expect(() => parseStrictJson(text)).toThrow(); // No JSON at all.
          return;
        }
        try {
          expect(parseStrictJson(text)).toEqual(expected);
        } catch (error) {
          expect(error).toMatchObject({ code: 'invalid-request' });
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('finds a doubled key wherever it is', () => {
    fc.assert(
      fc.property(KEY, fc.array(KEY, { maxLength: 3 }), (key, path) => {
        const name = JSON.stringify(key);
        const doubled = `{${name}:[1,{"a":2}],"\\u0000other":3,${name}:"x"}`;
        const text = path.reduce((inner, each) => `{${JSON.stringify(each)}:${inner}}`, doubled);
        expect(() => parseStrictJson(text)).toThrow('twice');
      }),
    );
  });

  it.each(['{"a":1,"\\u0061":2}', '{"a":{"b":1},"c":[{"b":1}],"a":1}', '{"a" : 1 , "a" : 1}'])(
    '[M5] refuses a doubled key: %s',
    (text) => {
      expect(() => parseStrictJson(text)).toThrow('twice');
    },
  );

  it.each([
    '{"__proto__":{"role":"admin"}}',
    '{"a":[{"constructor":{"prototype":1}}]}',
    '{"prototype":1}',
    '{"\\u005f_proto__":1}',
    '{"hasOwnProperty":1}',
    '{"args":{"toString":1}}',
    '{"valueOf":{}}',
  ])('[M5] refuses a key that reaches a prototype: %s', (text) => {
    expect(() => parseStrictJson(text)).toThrow('not taken');
  });

  it.each(['1e400', '[-1e400]', '9007199254740993', '{"a":-9007199254740992}', '1e300'])(
    '[M7] refuses a number that is not kept exactly: %s',
    (text) => {
      expect(() => parseStrictJson(text)).toThrow('too large');
    },
  );

  it.each([
    '\ufeff{}',
    '{}x',
    '{} {}',
    'NaN',
    'Infinity',
    '',
    '{"a":01}',
    "{'a':1}",
    '[1,]',
    '"a\nb"',
  ])('[M7] refuses what is no JSON: %j', (text) => {
    expect(() => parseStrictJson(text)).toThrow('not valid JSON');
  });

  it('takes the values around the limits', () => {
    const deep = '['.repeat(DEPTH_MAX) + ']'.repeat(DEPTH_MAX);
    expect(() => parseStrictJson(deep)).not.toThrow();
    expect(() => parseStrictJson(`[${deep}]`)).toThrow('nested');
    expect(() => parseStrictJson('['.repeat(5_000_000))).toThrow('nested');
    expect(parseStrictJson('[9007199254740991,-0.5e-3,1E2]')).toEqual([
      9007199254740991, -0.0005, 100,
    ]);
    expect(parseStrictJson('{"a":"__proto__","b":["a","a"],"c":{"a":1}}')).toMatchObject({
      b: ['a', 'a'],
    });
    expect(parseStrictJson('"\\udcff"')).toBe('\udcff');
  });

  it('is quick with a large paste', () => {
    const text = JSON.stringify({ data: '\u001b"\\n'.repeat(1_000_000) });
    expect(parseStrictJson(text)).toEqual(JSON.parse(text));
  });

  it('quotes nothing', () => {
    expect(() => parseStrictJson('{"s3cret":1,"s3cret":1}')).toThrow(/^[^3]*$/);
  });
});
