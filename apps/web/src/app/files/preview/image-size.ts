import type { ImageType } from './content-kind';

/** Width and height in pixels. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** How far into a file its size is looked for; headers with longer profiles are not shown. */
const SEARCH_BYTES = 256 * 1024;

/**
 * The size a picture says it has, read before a browser decodes it: a few bytes may ask for gigabytes
 * of pixels. Null where it cannot be told.
 */
export function imageSize(bytes: Uint8Array, type: ImageType): ImageSize | null {
  const head = bytes.subarray(0, SEARCH_BYTES);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  try {
    return READERS[type](view);
  } catch (error) {
    // The file ends before its size.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const READERS: Readonly<Record<ImageType, (view: DataView) => ImageSize | null>> = {
  'image/png': (view) => ({ width: view.getUint32(16), height: view.getUint32(20) }),
  'image/gif': (view) => ({ width: view.getUint16(6, true), height: view.getUint16(8, true) }),
  'image/jpeg': jpegSize,
  'image/webp': webpSize,
  'image/avif': avifSize,
};

/** In the first frame header (ITU T.81, B.2.2): SOF0 to SOF15 but for DHT, JPG and DAC. */
function jpegSize(view: DataView): ImageSize | null {
  let at = 2;
  for (;;) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    // Any number of FF may stand before a marker.
    if (marker === 0xff) {
      at++;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += 2 + view.getUint16(at + 2);
  }
}

/** Of its three kinds: RFC 6386 9.1 (lossy), RFC 9649 3.4 (lossless) and 2.7 (extended). */
function webpSize(view: DataView): ImageSize | null {
  switch (view.getUint8(15)) {
    case 0x20: // "VP8 "
      return {
        width: view.getUint16(26, true) & 0x3fff,
        height: view.getUint16(28, true) & 0x3fff,
      };
    case 0x4c: {
      // "VP8L"
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 0x58: // "VP8X"
      return {
        width: (view.getUint32(24, true) & 0xffffff) + 1,
        height: (view.getUint32(26, true) >>> 8) + 1,
      };
    default:
      return null;
  }
}

/** The largest `ispe` property (ISO/IEC 23008-12, 6.5.3): thumbnails and tiles have one, too. */
function avifSize(view: DataView): ImageSize | null {
  let largest: ImageSize | null = null;
  for (let at = 0; at + 16 <= view.byteLength; at++) {
    if (view.getUint32(at) !== 0x69737065) continue;
    const size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
    if (largest === null || pixels(size) > pixels(largest)) largest = size;
  }
  return largest;
}

export function pixels({ width, height }: ImageSize): number {
  return width * height;
}
