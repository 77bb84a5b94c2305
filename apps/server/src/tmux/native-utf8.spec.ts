import fc from 'fast-check';
import { decodeUtf8 } from '#tmux-protocol';
import { decodeValidUtf8 } from './native-utf8.js';

describe(decodeValidUtf8.name, () => {
  it('reads text as our own decoder does, a byte order mark included', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const bytes = Buffer.from(`\ufeff${text}`);
        expect(decodeValidUtf8(bytes)).toBe(decodeUtf8(bytes));
      }),
    );
  });

  it.each(['ff', 'c0af', 'eda080', 'f4908080', 'e282'])('leaves %s alone', (hex) => {
    expect(decodeValidUtf8(Buffer.from(`61${hex}`, 'hex'))).toBeUndefined();
  });
});
