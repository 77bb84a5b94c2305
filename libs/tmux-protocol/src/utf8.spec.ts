import fc from 'fast-check';
import { decodeUtf8, encodedLength, encodeUtf8, Utf8Stream } from './utf8.js';

/** Bytes as they come out of panes: mostly well-formed text, cut and spoiled here and there. */
const output = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 6 }),
      fc
        .constantFrom('f09f', 'eda080', 'c0af', 'e08080', 'f4908080', 'f8888080', 'ffe2')
        .map((hex) => Buffer.from(hex, 'hex')),
    ),
  )
  .map((parts) => Buffer.concat(parts));

/** Undoes the decoding, lone surrogates included. */
function encodeEscaped(text: string): Buffer {
  const parts = Array.from(text, (character) => {
    const unit = character.charCodeAt(0);
    const isEscape = character.length === 1 && unit >= 0xdc80 && unit <= 0xdcff;
    return isEscape ? Buffer.from([unit - 0xdc00]) : Buffer.from(character);
  });
  return Buffer.concat(parts);
}

describe(Utf8Stream.name, () => {
  it('decodes what is valid as TextDecoder does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(decodeUtf8(Buffer.from(text))).toBe(text);
      }),
    );
  });

  it('agrees with TextDecoder on which bytes are valid', () => {
    const fatal = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const isValid = (bytes: Uint8Array): boolean => {
      try {
        fatal.decode(bytes);
        return true;
      } catch {
        // Thrown for anything invalid.
        return false;
      }
    };
    let checked = 0;
    for (const second of [0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff]) {
      for (let lead = 0; lead < 256; lead++) {
        for (const tail of [[], [0x80], [0x80, 0x80], [0x80, 0x41], [0xbf, 0xbf]]) {
          const bytes = Uint8Array.from([lead, second, ...tail]);
          expect(/[\udc80-\udcff]/u.test(decodeUtf8(bytes))).toBe(!isValid(bytes));
          checked++;
        }
      }
    }
    expect(checked).toBe(12_800);
  });

  it('loses no byte: the text gives the bytes back', () => {
    fc.assert(
      fc.property(output, (bytes) => {
        expect(encodeEscaped(decodeUtf8(bytes))).toEqual(bytes);
      }),
      { numRuns: 500 },
    );
  });

  it('gives the same text for any split, and holds at most three bytes', () => {
    fc.assert(
      fc.property(
        output,
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }),
        (bytes, sizes) => {
          const stream = new Utf8Stream();
          let text = '';
          let taken = 0;
          for (let i = 0; taken < bytes.length; i++) {
            const size = sizes[i % sizes.length] ?? 1;
            text += stream.push(bytes.subarray(taken, taken + size));
            taken = Math.min(bytes.length, taken + size);
            expect(stream.pendingBytes).toBeLessThanOrEqual(3);
            expect(encodedLength(text) + stream.pendingBytes).toBe(taken);
          }
          expect(text + stream.flush()).toBe(decodeUtf8(bytes));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('gives the same where the platform decodes what is valid', () => {
    const fatal = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    let decoded = 0;
    const platform = (bytes: Uint8Array): string | undefined => {
      try {
        const text = fatal.decode(bytes);
        decoded += 1;
        return text;
      } catch {
        // Thrown for anything invalid.
        return undefined;
      }
    };
    fc.assert(
      fc.property(output, fc.array(fc.nat({ max: 9 })), (bytes, sizes) => {
        const [plain, fast] = [new Utf8Stream(), new Utf8Stream(platform)];
        let from = 0;
        for (const size of [...sizes, bytes.length]) {
          const piece = bytes.subarray(from, from + size);
          from += piece.length;
          expect(fast.push(piece)).toBe(plain.push(piece));
          expect(fast.pendingBytes).toBe(plain.pendingBytes);
        }
        expect(fast.flush()).toBe(plain.flush());
      }),
      { numRuns: 1000 },
    );
    expect(decoded).toBeGreaterThan(1000);
  });

  it('decodes text longer than one round of its buffer', () => {
    const text = 'aé日😀'.repeat(10_000);
    expect(decodeUtf8(Buffer.from(text))).toBe(text);
  });

  it.each([
    ['a lone continuation', [0x41, 0x80, 0x42], 'A\udc80B'],
    ['an overlong slash', [0xc0, 0xaf], '\udcc0\udcaf'],
    ['an encoded surrogate', [0xed, 0xa0, 0x80], '\udced\udca0\udc80'],
    ['past U+10FFFF', [0xf4, 0x90, 0x80, 0x80], '\udcf4\udc90\udc80\udc80'],
    ['a sequence broken off by text', [0xe2, 0x82, 0x41], '\udce2\udc82A'],
    ['a sequence broken off by another', [0xf0, 0x9f, 0xc3, 0xa9], '\udcf0\udc9fé'],
  ])('escapes %s byte by byte', (_what, bytes, text) => {
    expect(decodeUtf8(Uint8Array.from(bytes))).toBe(text);
  });

  it('waits for the rest of a character, and forgets it when reset', () => {
    const stream = new Utf8Stream();
    expect(stream.push(Uint8Array.of(0xf0, 0x9f, 0x98))).toBe('');
    expect(stream.pendingBytes).toBe(3);
    expect(stream.push(Uint8Array.of(0x80))).toBe('😀');
    stream.push(Uint8Array.of(0xc3));
    stream.reset();
    expect(stream.push(Uint8Array.of(0x41))).toBe('A');
  });
});

describe(encodeUtf8.name, () => {
  it('writes what TextEncoder writes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(Buffer.from(encodeUtf8(text) ?? [])).toEqual(Buffer.from(text));
      }),
    );
  });

  it.each(['\ud800', 'a\udc80', '\udc00\ud800'])('refuses the lone surrogate in %j', (text) => {
    expect(encodeUtf8(text)).toBeUndefined();
  });
});
