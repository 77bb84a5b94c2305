import fc from 'fast-check';
import { PASTE_MAX_BYTES } from '#dto/constants';
import { Utf8Stream } from '#tmux-protocol';
import { inputBytes } from './input-bytes.js';

describe(inputBytes.name, () => {
  it.each([
    ['plain text', 'ls -l\r', Buffer.from('ls -l\r')],
    ['text outside ASCII', 'é漢🚀', Buffer.from('é漢🚀')],
    ['control characters', '\0\u0003\u001b[A', Buffer.from([0, 3, 0x1b, 0x5b, 0x41])],
    ['nothing', '', Buffer.of()],
    ['lone bytes', '\udc80\udcff', Buffer.of(0x80, 0xff)],
    [
      'a lone byte between characters',
      'é\udce9🚀',
      Buffer.from([0xc3, 0xa9, 0xe9, ...Buffer.from('🚀')]),
    ],
    [
      'surrogates that stand for no byte',
      '\ud800a\udc7f\udd00',
      Buffer.from('\ufffda\ufffd\ufffd'),
    ],
  ])('writes %s', (_name, text, expected) => {
    expect(Buffer.from(inputBytes(text))).toEqual(expected);
  });

  it('writes a paste of the longest kind', () => {
    const bytes = inputBytes(
      '\udcff'.repeat(PASTE_MAX_BYTES / 2) + 'é'.repeat(PASTE_MAX_BYTES / 4),
    );
    expect(bytes).toHaveLength(PASTE_MAX_BYTES);
    expect(bytes.at(PASTE_MAX_BYTES / 2 - 1)).toBe(0xff);
    expect(bytes.at(-1)).toBe(0xa9);
  });

  it('undoes what output events do to any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const stream = new Utf8Stream();
        const text = stream.push(bytes) + stream.flush();
        expect(Buffer.from(inputBytes(text))).toEqual(Buffer.from(bytes));
      }),
    );
  });
});
