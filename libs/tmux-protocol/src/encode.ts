import { EncodeError } from './errors.js';
import { encodeUtf8 } from './utf8.js';

/** One command: its full name, then its arguments as values. */
export type CommandWords = readonly [name: string, ...args: (string | Uint8Array)[]];

/** tmux's parser overflows its stack past 9,996 (tmux.md §1.8). */
export const MAX_ARGUMENTS = 9000;

const COMMAND_NAME = /^[a-z]+(?:-[a-z]+)*$/;
const SAFE_BYTES = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_@%:.,+/=-';
/** What is written as it is; most words are. */
const SAFE_WORD = /^[\w@%:.,+/=-]*$/;
const NUL = 0x00;
const LF = 0x0a;
const CR = 0x0d;

/** What each byte is written as inside double quotes. */
const WRITTEN: readonly string[] = Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  return SAFE_BYTES.includes(character) ? character : `\\${byte.toString(8).padStart(3, '0')}`;
});

/**
 * Writes a value as one word of tmux's command language that means exactly these bytes: double
 * quotes with `\ooo` for every byte outside a safe alphabet, so that nothing expands, separates,
 * ends the line or is taken for end of file (cmd-parse.y, `yylex_token`; raw 0xFF ends even a quoted
 * token there).
 *
 * @throws EncodeError for NUL, CR or LF, and for text with a lone surrogate.
 */
export function quoteWord(word: string | Uint8Array): string {
  if (typeof word === 'string' && SAFE_WORD.test(word)) return `"${word}"`;
  const bytes = typeof word === 'string' ? encodeUtf8(word) : word;
  if (bytes === undefined) throw new EncodeError('a lone surrogate has no UTF-8 form');
  let quoted = '"';
  for (const byte of bytes) {
    if (byte === NUL || byte === CR || byte === LF) {
      throw new EncodeError('a word of a tmux command cannot hold NUL, CR or LF');
    }
    quoted += WRITTEN[byte] ?? '';
  }
  return `${quoted}"`;
}

/**
 * Writes one command, without its line end. Only the name is written bare, so it must look like
 * one: a quoted first word could be an assignment to the server's environment.
 *
 * @throws EncodeError for another name, a word that cannot be quoted, or too many arguments.
 */
export function encodeCommand([name, ...args]: CommandWords): string {
  if (!COMMAND_NAME.test(name)) throw new EncodeError(`not a tmux command name: ${name}`);
  if (args.length > MAX_ARGUMENTS) {
    throw new EncodeError(`${args.length} arguments are more than ${MAX_ARGUMENTS}`);
  }
  return [name, ...args.map(quoteWord)].join(' ');
}

/**
 * Writes commands as one line with its LF: tmux runs them without anything in between and gives one
 * block for each, up to the first that fails.
 *
 * @throws EncodeError as {@link encodeCommand}, and for no command: an empty line detaches.
 */
export function encodeCommandLine(commands: readonly CommandWords[]): string {
  if (commands.length === 0) throw new EncodeError('an empty line would detach the client');
  return `${commands.map(encodeCommand).join(' ; ')}\n`;
}

/**
 * Escapes text for an argument that tmux expands as a format (names, titles, directories:
 * tmux.md §6, class F), so that it arrives as it is and runs nothing.
 *
 * @throws EncodeError for `#[`, which has no escaped form that all versions read alike
 * (format.c, `format_expand1`), and which would restyle the status line where the name is drawn.
 */
export function escapeFormat(text: string): string {
  if (text.includes('#[')) throw new EncodeError('"#[" cannot be written in a tmux format');
  return text.replaceAll('#', '##');
}

/** Bytes as the arguments of `send-keys -H`: two hex digits each. */
export function hexWords(data: Uint8Array): string[] {
  return Array.from(data, (byte) => byte.toString(16).padStart(2, '0'));
}
