/** Formats that are shown as pictures; never SVG, which is a document. */
export type ImageType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' | 'image/avif';

/** How a file is shown. */
export type ContentKind =
  | { readonly kind: 'image'; readonly type: ImageType }
  | { readonly kind: 'text' }
  | { readonly kind: 'binary' };

/** A NUL further down does not make a text binary that has been shown for this long. */
const NUL_SEARCH_BYTES = 8 * 1024;

/** Tells by a file's first bytes what it is; its name says nothing. */
export function contentKind(bytes: Uint8Array): ContentKind {
  const type = imageType(bytes);
  if (type !== null) return { kind: 'image', type };
  return { kind: bytes.subarray(0, NUL_SEARCH_BYTES).includes(0) ? 'binary' : 'text' };
}

function imageType(bytes: Uint8Array): ImageType | null {
  const ascii = (from: number, to: number): string =>
    String.fromCharCode(...bytes.subarray(from, to));
  if (ascii(0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png';
  if (ascii(0, 3) === '\xff\xd8\xff') return 'image/jpeg';
  if (['GIF87a', 'GIF89a'].includes(ascii(0, 6))) return 'image/gif';
  if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') return 'image/webp';
  if (ascii(4, 8) === 'ftyp' && ['avif', 'avis'].includes(ascii(8, 12))) return 'image/avif';
  return null;
}
