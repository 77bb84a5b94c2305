import { imageSize } from './image-size';

const hex = (text: string): Uint8Array =>
  Uint8Array.from(Buffer.from(text.replace(/\s/g, ''), 'hex'));

describe(imageSize.name, () => {
  it.each([
    ['image/png', '89504e470d0a1a0a 0000000d 49484452 0000ffff 0000fffe 08'],
    ['image/gif', '474946383961 ffff feff'],
    ['image/jpeg', 'ffd8 ffe0 0004 0000 ffff ffc4 0003 00 ffc2 0011 08 fffe ffff 03'],
  ] as const)('reads the size of %s', (type, header) => {
    expect(imageSize(hex(header), type)).toEqual({ width: 0xffff, height: 0xfffe });
  });

  it.each([
    ['lossy', '52494646 00000000 57454250 56503820 00000000 300100 9d012a 1000 2000'],
    ['lossless', '52494646 00000000 57454250 5650384c 00000000 2f 0fc00700'],
    ['extended', '52494646 00000000 57454250 56503858 0a000000 00000000 0f0000 1f0000'],
  ])('reads the size of WebP, %s', (_, header) => {
    expect(imageSize(hex(header), 'image/webp')).toEqual({ width: 16, height: 32 });
  });

  it('takes the largest picture of an AVIF', () => {
    const ispe = (side: string): string => `00000014 69737065 00000000 ${side} ${side}`;
    const file = `0000001c 66747970 61766966 ${ispe('00000010')} ${ispe('00000040')}`;
    expect(imageSize(hex(file), 'image/avif')).toEqual({ width: 64, height: 64 });
  });

  it('knows none where a file ends too soon, or is none of these', () => {
    expect(imageSize(hex('89504e470d0a1a0a'), 'image/png')).toBeNull();
    expect(imageSize(hex('ffd8 ffe0'), 'image/jpeg')).toBeNull();
    expect(imageSize(hex('ffd8 00'), 'image/jpeg')).toBeNull();
    expect(imageSize(hex('52494646 00000000 57454250 4a554e4b'), 'image/webp')).toBeNull();
    expect(imageSize(hex('0000001c 66747970'), 'image/avif')).toBeNull();
  });
});
