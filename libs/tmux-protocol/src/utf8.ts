/** Code units made into a string at a time: well under the engine's argument limit. */
const CHUNK_UNITS = 8192;
/** A byte that is not part of valid UTF-8 becomes this plus the byte, as in PEP 383. */
const ESCAPE_BASE = 0xdc00;
/** A sequence of at most four bytes; three of them may have to wait for the fourth. */
const MAX_PENDING = 3;
/** Filled and emptied within one call, so all streams share it. */
const units = new Uint16Array(CHUNK_UNITS);

/** Decodes bytes that are valid UTF-8 from end to end, as the platform does it; undefined for all others. */
export type ValidUtf8Decoder = (bytes: Uint8Array) => string | undefined;

/**
 * Decodes UTF-8 that arrives in pieces cut anywhere, losing nothing: a byte that is not part of
 * valid UTF-8 (as WHATWG has it: no overlong forms, no surrogates, nothing past U+10FFFF) becomes a
 * lone low surrogate U+DC00 + byte. An unfinished sequence at the end waits for the next piece.
 */
export class Utf8Stream {
  readonly #pending = new Uint8Array(MAX_PENDING);
  readonly #decodeValid: ValidUtf8Decoder | undefined;
  #held = 0;

  /** @param decodeValid something faster for pieces that hold nothing invalid, which nearly all do */
  constructor(decodeValid?: ValidUtf8Decoder) {
    this.#decodeValid = decodeValid;
  }

  /** Bytes of an unfinished sequence that wait (0–3). */
  get pendingBytes(): number {
    return this.#held;
  }

  push(bytes: Uint8Array): string {
    const all = this.#held === 0 ? bytes : this.#join(bytes);
    this.#held = 0;
    return this.#decodeFast(all) ?? this.#decode(all);
  }

  /** The waiting bytes as lone surrogates: for when nothing follows. */
  flush(): string {
    const text = String.fromCharCode(
      ...Array.from(this.#pending.subarray(0, this.#held), (byte) => ESCAPE_BASE + byte),
    );
    this.#held = 0;
    return text;
  }

  /** Forgets the waiting bytes. */
  reset(): void {
    this.#held = 0;
  }

  #join(bytes: Uint8Array): Uint8Array {
    const joined = new Uint8Array(this.#held + bytes.length);
    joined.set(this.#pending.subarray(0, this.#held));
    joined.set(bytes, this.#held);
    return joined;
  }

  #decodeFast(bytes: Uint8Array): string | undefined {
    if (this.#decodeValid === undefined) return undefined;
    const unfinished = unfinishedBytes(bytes);
    const whole = unfinished === 0 ? bytes : bytes.subarray(0, bytes.length - unfinished);
    const text = this.#decodeValid(whole);
    if (text === undefined) return undefined;
    this.#pending.set(bytes.subarray(whole.length));
    this.#held = unfinished;
    return text;
  }

  #decode(bytes: Uint8Array): string {
    const end = bytes.length;
    let text = '';
    let used = 0;
    let i = 0;
    while (i < end) {
      // Room for the two units of a character outside the BMP.
      if (used > CHUNK_UNITS - 2) {
        text += takeUnits(used);
        used = 0;
      }
      const lead = bytes[i] ?? 0;
      if (lead < 0x80) {
        units[used++] = lead;
        i++;
        continue;
      }
      const size = sequenceLength(lead);
      const valid = validPrefix(bytes, i, size);
      if (valid === size) {
        const point = codePoint(bytes, i, size);
        if (point > 0xffff) {
          units[used++] = 0xd7c0 + (point >> 10);
          units[used++] = 0xdc00 + (point & 0x3ff);
        } else {
          units[used++] = point;
        }
        i += size;
      } else if (i + valid === end && valid > 0) {
        this.#pending.set(bytes.subarray(i));
        this.#held = valid;
        break;
      } else {
        units[used++] = ESCAPE_BASE + lead;
        i++;
      }
    }
    return text + takeUnits(used);
  }
}

/** Decodes all of `bytes` as {@link Utf8Stream} does. */
export function decodeUtf8(bytes: Uint8Array): string {
  const stream = new Utf8Stream();
  return stream.push(bytes) + stream.flush();
}

/**
 * Bytes that `text` was decoded from (a lone low surrogate U+DC80–U+DCFF counts one), so that
 * offsets in bytes can be kept on text.
 */
export function encodedLength(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (unit >= 0xd800 && unit < 0xdc00 && isLowSurrogate(text.charCodeAt(i + 1))) {
      bytes += 4;
      i++;
    } else if (unit >= 0xdc80 && unit <= 0xdcff) bytes += 1;
    else bytes += 3;
  }
  return bytes;
}

/** UTF-8 of well-formed `text`, or undefined when it holds a lone surrogate. */
export function encodeUtf8(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length * 3);
  let length = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    if (point >= 0xd800 && point <= 0xdfff) return undefined;
    if (point < 0x80) {
      bytes[length++] = point;
      continue;
    }
    const size = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    bytes[length] = ((0xf00 >> size) & 0xff) | (point >> (6 * (size - 1)));
    for (let k = 1; k < size; k++) {
      bytes[length + k] = 0x80 | ((point >> (6 * (size - 1 - k))) & 0x3f);
    }
    length += size;
  }
  return bytes.subarray(0, length);
}

function takeUnits(used: number): string {
  return Reflect.apply(String.fromCharCode, undefined, units.subarray(0, used)) as string;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/** Bytes of the sequence that `lead` begins; 1 for a byte that begins none. */
function sequenceLength(lead: number): number {
  if (lead < 0xc2 || lead > 0xf4) return 1;
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/** How many bytes at the end are the beginning of a sequence that more bytes can complete (0–3). */
function unfinishedBytes(bytes: Uint8Array): number {
  for (let count = 1; count <= MAX_PENDING && count <= bytes.length; count++) {
    const at = bytes.length - count;
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const size = sequenceLength(byte);
    return size > count && validPrefix(bytes, at, size) === count ? count : 0;
  }
  return 0;
}

/** How many bytes from `at` can begin a valid sequence of `size` bytes; 0 for a bad lead. */
function validPrefix(bytes: Uint8Array, at: number, size: number): number {
  if (size === 1) return 0;
  const lead = bytes[at] ?? 0;
  for (let k = 1; k < size; k++) {
    if (at + k >= bytes.length) return k;
    const byte = bytes[at + k] ?? 0;
    // WHATWG: only the second byte has narrower bounds, against overlongs and surrogates.
    const low = k > 1 ? 0x80 : lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const high = k > 1 ? 0xbf : lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    if (byte < low || byte > high) return k;
  }
  return size;
}

function codePoint(bytes: Uint8Array, at: number, size: number): number {
  let point = (bytes[at] ?? 0) & (0x7f >> size);
  for (let k = 1; k < size; k++) point = (point << 6) | ((bytes[at + k] ?? 0) & 0x3f);
  return point;
}
