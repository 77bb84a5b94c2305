/** Longest base64 text of an OSC 52 that is read. */
export const CLIPBOARD_BASE64_MAX = 100 * 1024;

const WHITE_SPACE = /[\t\n\r ]/g;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * What an OSC 52 (`Pc;Pd`, the part after `52;`) would put on the clipboard; null for questions (`?`),
 * for clearing, for other selections than the clipboard, and for what is no bounded base64 of UTF-8.
 */
export function clipboardWrite(data: string): string | null {
  const [, selections, encoded] = /^([a-z0-9]*);(.*)$/s.exec(data) ?? [];
  if (selections === undefined || encoded === undefined) return null;
  if (selections !== '' && !/[cps]/.test(selections)) return null;
  if (encoded.length > CLIPBOARD_BASE64_MAX) return null;
  const base64 = encoded.replace(WHITE_SPACE, '');
  if (!BASE64.test(base64)) return null;
  try {
    const bytes = Uint8Array.from(atob(base64), (unit) => unit.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Wrong padding, or bytes that are no text.
    return null;
  }
}
