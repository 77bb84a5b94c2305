import { contentKind } from './content-kind';

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));

describe(contentKind.name, () => {
  it.each([
    ['\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'image/png'],
    ['\xff\xd8\xff\xe0\0\x10JFIF', 'image/jpeg'],
    ['GIF89a\x01\0', 'image/gif'],
    ['RIFF\x10\0\0\0WEBPVP8 ', 'image/webp'],
    ['\0\0\0\x1cftypavif', 'image/avif'],
  ])('knows a picture by its first bytes: %j', (text, type) => {
    expect(contentKind(bytes(text))).toEqual({ kind: 'image', type });
  });

  it.each([
    '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    '<?xml version="1.0"?><svg/>',
    '<!doctype html><script>alert(1)</script>',
    '%PDF-1.7',
    '\x89PNG but not quite',
    'GIF88a',
    'grüße',
    '',
  ])('takes %j for text', (text) => {
    expect(contentKind(bytes(text))).toEqual({ kind: 'text' });
  });

  it('takes for binary what has a NUL near its beginning', () => {
    expect(contentKind(bytes('\x7fELF\x02\x01\x01\0'))).toEqual({ kind: 'binary' });
    expect(contentKind(bytes('RIFF\x10\0\0\0WAVEfmt '))).toEqual({ kind: 'binary' });
    expect(contentKind(bytes(`${'x'.repeat(9000)}\0`))).toEqual({ kind: 'text' });
  });
});
