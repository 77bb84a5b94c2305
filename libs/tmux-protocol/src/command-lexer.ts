import { CommandSyntaxError } from './errors.js';
import { decodeUtf8, encodeUtf8 } from './utf8.js';

/** A piece of a command line. `column` counts characters from 1. */
export type CommandToken =
  | {
      readonly kind: 'word';
      /** What it stands for, without quotes and escapes. */
      readonly value: string;
      /** As it was written. */
      readonly raw: string;
      readonly column: number;
    }
  | { readonly kind: ';' | '{' | '}' | 'end'; readonly column: number };

type Quotes = 'none' | 'single' | 'double';

const ESCAPES: Readonly<Record<string, number>> = {
  a: 0x07,
  b: 0x08,
  e: 0x1b,
  f: 0x0c,
  s: 0x20,
  v: 0x0b,
  t: 0x09,
};
const LINE_BREAKS = 'a command line cannot hold NUL, CR or LF';
/** Starts the name of a variable after `$`. */
const VARIABLE_START = /[A-Za-z_{]/;

/**
 * Cuts a command line into tokens by tmux's own rules (cmd-parse.y, `yylex`), and refuses what
 * depends on the server's environment (`$NAME`, `~`), on conditions (`%if`) or on lenience
 * (quotes that nothing ends).
 */
export class CommandLexer {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    const bad = /[\0\r\n]|[\ud800-\udfff]/u.exec(text);
    if (bad !== null) {
      throw new CommandSyntaxError(
        /[\0\r\n]/.test(bad[0]) ? LINE_BREAKS : 'the command line is not valid Unicode',
        bad.index + 1,
      );
    }
    this.#text = text;
  }

  /** What was not read yet, without the blanks before it. */
  get rest(): string {
    this.#skipBlanks();
    return this.#text.slice(this.#at);
  }

  /** @throws CommandSyntaxError */
  next(): CommandToken {
    this.#skipBlanks();
    const start = this.#at;
    const column = start + 1;
    const character = this.#text[start];
    switch (character) {
      case undefined:
      case '#':
        // A comment runs to the end of the line.
        this.#at = this.#text.length;
        return { kind: 'end', column };
      case ';':
      case '{':
      case '}':
        this.#at++;
        return { kind: character, column };
      default: {
        const value = character === '%' ? this.#readPercent() : this.#readWord();
        return { kind: 'word', value, raw: this.#text.slice(start, this.#at), column };
      }
    }
  }

  #skipBlanks(): void {
    while (this.#text[this.#at] === ' ' || this.#text[this.#at] === '\t') this.#at++;
  }

  /** A bare `%` begins a pane id or a template's `%%`, up to the next blank; else a condition. */
  #readPercent(): string {
    const word = /^[^ \t]*/.exec(this.#text.slice(this.#at))?.[0] ?? '';
    if (!/^[%0-9]+$/.test(word)) {
      throw this.#error('conditions such as %if are not available here; quote a word with %');
    }
    this.#at += word.length;
    return word;
  }

  #readWord(): string {
    const bytes: number[] = [];
    let quotes: Quotes = 'none';
    let opened = this.#at;
    // Whether the next `~` would stand for a home directory (`last != state` in cmd-parse.y).
    let isTildeActive = true;
    for (;;) {
      const character = this.#text[this.#at];
      if (character === undefined) break;
      if (quotes === 'none' && ' \t;}'.includes(character)) break;
      if (character === '\\' && quotes !== 'single') {
        this.#at++;
        bytes.push(...this.#readEscape());
        isTildeActive = false;
      } else if (character === "'" && quotes !== 'double') {
        quotes = quotes === 'none' ? 'single' : 'none';
        isTildeActive = true;
        opened = this.#at++;
      } else if (character === '"' && quotes !== 'single') {
        quotes = quotes === 'none' ? 'double' : 'none';
        isTildeActive = true;
        opened = this.#at++;
      } else {
        if (quotes !== 'single') this.#refuseExpansion(character, isTildeActive);
        bytes.push(...this.#readLiteral());
        isTildeActive = false;
      }
    }
    if (quotes !== 'none') throw new CommandSyntaxError('the quotes are not closed', opened + 1);
    return this.#decode(bytes);
  }

  #refuseExpansion(character: string, isTildeActive: boolean): void {
    if (character === '~' && isTildeActive) {
      throw this.#error('~ is not available here; write the whole path');
    }
    if (character !== '$') return;
    const next = this.#text[this.#at + 1];
    if (next === undefined || VARIABLE_START.test(next)) {
      throw this.#error('variables are not available here; write \\$ for a dollar sign');
    }
  }

  #readLiteral(): readonly number[] {
    const character = String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0);
    this.#at += character.length;
    return Array.from(encodeUtf8(character) ?? []);
  }

  /** Bytes of the escape whose backslash was just read. */
  #readEscape(): readonly number[] {
    const character = this.#text[this.#at];
    if (character === undefined) throw this.#error('nothing follows the backslash');
    if (/[0-7]/.test(character)) return [this.#readOctal()];
    if (character === 'u') return this.#readCodePoint(4);
    if (character === 'U') return this.#readCodePoint(8);
    if (character === 'n' || character === 'r') throw this.#error(LINE_BREAKS);
    const byte = ESCAPES[character];
    if (byte === undefined) return this.#readLiteral();
    this.#at++;
    return [byte];
  }

  #readOctal(): number {
    const digits = /^[0-3][0-7]{2}/.exec(this.#text.slice(this.#at, this.#at + 3))?.[0];
    if (digits === undefined) throw this.#error('an octal escape is \\000 to \\377');
    const byte = Number.parseInt(digits, 8);
    if (byte === 0 || byte === 0x0a || byte === 0x0d) throw this.#error(LINE_BREAKS);
    this.#at += 3;
    return byte;
  }

  #readCodePoint(size: 4 | 8): readonly number[] {
    const hex = this.#text.slice(this.#at + 1, this.#at + 1 + size);
    const point = /^[0-9A-Fa-f]+$/.test(hex) && hex.length === size ? Number.parseInt(hex, 16) : -1;
    const isScalar = point > 0 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff);
    if (!isScalar) throw this.#error('\\u takes four and \\U eight hex digits of a character');
    if (point === 0x0a || point === 0x0d) throw this.#error(LINE_BREAKS);
    this.#at += 1 + size;
    return Array.from(encodeUtf8(String.fromCodePoint(point)) ?? []);
  }

  /** Octal escapes may spell UTF-8; what does not is refused, since values are text from here on. */
  #decode(bytes: readonly number[]): string {
    const value = decodeUtf8(Uint8Array.from(bytes));
    if (/[\ud800-\udfff]/u.test(value)) throw this.#error('the escapes do not spell valid UTF-8');
    return value;
  }

  #error(message: string): CommandSyntaxError {
    return new CommandSyntaxError(message, this.#at + 1);
  }
}
