import { InvalidRequestError } from '../app-error.js';

/** How deep arrays and objects may lie in each other. */
export const DEPTH_MAX = 16;

/**
 * Names through which an object's prototype can be reached, and all others that every object has anyway:
 * who asks an object for what it knows by such a name (class-validator for its rules) finds something.
 */
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  'prototype',
]);

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NUMBER = /-?[0-9][0-9.eE+-]*/y;

/** An object or array that is open; an array has no keys. */
interface Open {
  readonly keys: Set<string> | undefined;
  /** Whether a string that comes now is a key. */
  wantsKey: boolean;
}

/**
 * `JSON.parse` for what strangers send: refused are values that readers understand differently (doubled
 * keys, numbers that a double cannot hold exactly or at all), keys that reach prototypes, and more depth
 * than anything here has (RFC 8259 §4, §6; RFC 7493).
 *
 * @throws InvalidRequestError that never quotes the text
 */
export function parseStrictJson(text: string): unknown {
  scan(text);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new InvalidRequestError('The body is not valid JSON.', { cause: error });
  }
}

/** Looks at keys, numbers and depth. It may accept what is no JSON; that is left to `JSON.parse`. */
function scan(text: string): void {
  const open: Open[] = [];
  for (let at = 0; at < text.length; at++) {
    const inner = open.at(-1);
    switch (text[at]) {
      case '"': {
        const end = endOfString(text, at);
        if (inner?.wantsKey === true && inner.keys) {
          checkKey(text.slice(at, end + 1), inner.keys);
          inner.wantsKey = false;
        }
        at = end;
        break;
      }
      case '{':
      case '[':
        if (open.length === DEPTH_MAX) {
          throw new InvalidRequestError(`The body is nested deeper than ${String(DEPTH_MAX)}.`);
        }
        open.push(
          text[at] === '{'
            ? { keys: new Set(), wantsKey: true }
            : { keys: undefined, wantsKey: false },
        );
        break;
      case '}':
      case ']':
        open.pop();
        break;
      case ',':
        if (inner) inner.wantsKey = inner.keys !== undefined;
        break;
      default:
        at += numberLength(text, at);
    }
  }
}

/** @returns where the closing quote is; the end of the text when there is none */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) return at;
    if (unit === BACKSLASH) at++;
  }
  return text.length;
}

function checkKey(quoted: string, seen: Set<string>): void {
  const key = quoted.includes('\\') ? unescapeKey(quoted) : quoted.slice(1, -1);
  if (FORBIDDEN_KEYS.has(key))
    throw new InvalidRequestError('The body has a key that is not taken.');
  if (seen.has(key)) throw new InvalidRequestError('The body has the same key twice.');
  seen.add(key);
}

function unescapeKey(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch (error) {
    throw new InvalidRequestError('The body is not valid JSON.', { cause: error });
  }
}

/** @returns how many characters after the first still belong to the number at `at`; 0 where there is none */
function numberLength(text: string, at: number): number {
  NUMBER.lastIndex = at;
  const source = NUMBER.exec(text)?.[0];
  if (source === undefined) return 0;
  const value = Number(source);
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) {
    throw new InvalidRequestError('The body has a number that is too large.');
  }
  return source.length - 1;
}
