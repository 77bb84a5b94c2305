import { InvalidRequestError } from '../http/app-error.js';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const BASE64URL = /^[A-Za-z0-9_-]+$/;
const PERCENT = 0x25;
const PLUS = 0x2b;
const SPACE = 0x20;

/**
 * Reads `path=` (UTF-8, percent-encoded) or `path64=` (base64url of the bytes) of an address: exactly one of them,
 * once. Express's own reading makes U+FFFD of what is no UTF-8, which may be the name of another file.
 *
 * @param url as it came, bytes beyond ASCII as Latin-1
 * @throws InvalidRequestError
 */
export function queryPath(url: string): Buffer {
  const start = url.indexOf('?');
  const query = start < 0 ? '' : url.slice(start + 1);
  const found: Buffer[] = [];
  for (const pair of query.split('&')) {
    const equals = pair.indexOf('=');
    const key = decodeText(equals < 0 ? pair : pair.slice(0, equals));
    const value = equals < 0 ? '' : pair.slice(equals + 1);
    if (key === 'path') found.push(Buffer.from(decodeText(value), 'utf8'));
    else if (key === 'path64') found.push(decodeBase64(decodeText(value)));
    else if (/^path(?:64)?[[.]/.test(key)) throw notOnce();
  }
  const [path, ...others] = found;
  if (path === undefined || others.length > 0) throw notOnce();
  return path;
}

function notOnce(): InvalidRequestError {
  return new InvalidRequestError("Give 'path' (or 'path64') exactly once.", {
    details: { parameter: 'path' },
  });
}

/** Percent-decoding of the URL standard's query parser (`+` is a space), but strict. */
function decodeText(text: string): string {
  const raw = Buffer.from(text, 'latin1');
  const bytes = Buffer.alloc(raw.length);
  let length = 0;
  for (let at = 0; at < raw.length; at++) {
    const byte = raw[at] ?? 0;
    if (byte === PERCENT) {
      const digits = raw.toString('latin1', at + 1, at + 3);
      if (!/^[0-9a-f]{2}$/i.test(digits)) throw malformed();
      bytes[length++] = Number.parseInt(digits, 16);
      at += 2;
    } else {
      bytes[length++] = byte === PLUS ? SPACE : byte;
    }
  }
  try {
    return decoder.decode(bytes.subarray(0, length));
  } catch (error) {
    throw malformed(error);
  }
}

function malformed(cause?: unknown): InvalidRequestError {
  return new InvalidRequestError(
    "The address is not percent-encoded UTF-8. Names that are no UTF-8 go into 'path64'.",
    cause === undefined ? {} : { cause },
  );
}

function decodeBase64(text: string): Buffer {
  const bytes = BASE64URL.test(text) ? Buffer.from(text, 'base64url') : undefined;
  if (bytes?.toString('base64url') !== text) {
    throw new InvalidRequestError("'path64' is base64url without padding.");
  }
  return bytes;
}
