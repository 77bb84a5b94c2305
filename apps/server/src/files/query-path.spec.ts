import fc from 'fast-check';
import { queryPath } from './query-path.js';

describe(queryPath.name, () => {
  it.each([
    ['?path=/srv/a', '/srv/a'],
    ['?path=%2Fsrv%2fa', '/srv/a'],
    ['?path=a+b%2Bc', 'a b+c'],
    ['?x=1&path=a&y=%41', 'a'],
    ['?path=a=b', 'a=b'],
    ['?p%61th=a', 'a'],
    ['?path=%C3%BC', 'ü'],
    ['?path=\u00c3\u00bc', 'ü'],
    ['?path64=L3Nydi9h', '/srv/a'],
  ])('reads /api/file%s', (query, path) => {
    expect(queryPath(`/api/file${query}`).toString('utf8')).toBe(path);
  });

  it('reads any bytes as base64url', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), (bytes) => {
        const path = Buffer.from(bytes);
        expect(queryPath(`/?path64=${path.toString('base64url')}`).equals(path)).toBe(true);
      }),
    );
  });

  it('reads every text as encodeURIComponent writes it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(text.isWellFormed());
        expect(queryPath(`/?path=${encodeURIComponent(text)}`).toString('utf8')).toBe(text);
      }),
    );
  });

  it.each(
    [
      ['', '?', '?other=1', '?path=a&path=a', '?path=a&path64=YQ', '?path[]=a', '?path.x=a'],
      ['?path=%', '?path=%2', '?path=%zz', '?path=%u002e', '?path=%ff', '?path=%c0%af', '?%ff=a'],
      [
        '?path=\u00ff',
        '?path64=',
        '?path64=YQ==',
        '?path64=Y',
        '?path64=YR',
        '?path64=Y+',
        '?path=a&path[0]=b',
      ],
    ].flat(),
  )('[D5] [D13] refuses %j', (query) => {
    expect(() => queryPath(`/api/file${query}`)).toThrow(
      expect.objectContaining({ code: 'invalid-request' }) as Error,
    );
  });

  it('never makes up a character', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[%0-9a-f\u0080-\u00ff]{0,12}$/), (value) => {
        try {
          expect(queryPath(`/?path=${value}`).toString('utf8')).not.toContain('\ufffd');
        } catch (error) {
          // %ef%bf%bd is the character itself.
          if (!/ef%?bf%?bd|\u00ef\u00bf\u00bd/i.test(value)) {
            expect(error).toMatchObject({ code: 'invalid-request' });
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
