import fc from 'fast-check';
import { unescapeOutput } from './unescape.js';

/** What control.c writes for these bytes. */
function escapeOutput(bytes: Uint8Array): Buffer {
  return Buffer.concat(
    Array.from(bytes, (byte) =>
      byte < 0x20 || byte === 0x5c
        ? Buffer.from(`\\${byte.toString(8).padStart(3, '0')}`)
        : Buffer.from([byte]),
    ),
  );
}

describe(unescapeOutput.name, () => {
  it('gives back every one of the 256 bytes', () => {
    const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    expect(Buffer.from(unescapeOutput(escapeOutput(all)))).toEqual(Buffer.from(all));
  });

  it('undoes the escaping of any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(Buffer.from(unescapeOutput(escapeOutput(bytes)))).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it('returns what holds no backslash without a copy', () => {
    const plain = Buffer.from('plain é 日本');
    expect(unescapeOutput(plain)).toBe(plain);
  });

  it.each(['\\', 'a\\', '\\1', '\\12', '\\400', '\\08x', '\\x41', '\\\\', '\\18\\', '\\0-1'])(
    'keeps the malformed escape %j',
    (malformed) => {
      expect(Buffer.from(unescapeOutput(Buffer.from(malformed))).toString()).toBe(malformed);
    },
  );

  it('goes on after a malformed escape', () => {
    expect(Buffer.from(unescapeOutput(Buffer.from('\\\\015\\9\\012'))).toString()).toBe(
      '\\\r\\9\n',
    );
  });
});
