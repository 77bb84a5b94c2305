import { sanitizeTitle } from '../ui/title-text';

/** Of several that match, the first: all the others say Chrome or Safari as well. */
const BROWSERS = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:HeadlessChrome|Chrome|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
  [/^curl\//, 'curl'],
] as const;

const SYSTEMS = [
  [/\b(?:iPhone|iPad)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
] as const;

const UNKNOWN_MAX_CHARS = 60;

/** `Firefox on Linux`, from what a browser says of itself: untrusted, and only to be recognised. */
export function browserName(userAgent: string): string {
  const text = sanitizeTitle(userAgent);
  const browser = BROWSERS.find(([sign]) => sign.test(text))?.[1];
  const system = SYSTEMS.find(([sign]) => sign.test(text))?.[1];
  if (browser !== undefined) return system === undefined ? browser : `${browser} on ${system}`;
  return text === '' ? 'Unknown browser' : Array.from(text).slice(0, UNKNOWN_MAX_CHARS).join('');
}
