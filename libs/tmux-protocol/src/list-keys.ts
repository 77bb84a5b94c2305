import { parseCommands } from './command-language.js';
import type { ParsedCommand } from './command-language.js';
import { CommandLexer } from './command-lexer.js';
import { COMMANDS } from './command-table.js';
import { CommandSyntaxError } from './errors.js';

/** One line of `list-keys`. */
export interface ListedBinding {
  readonly table: string;
  /** tmux's key name, unquoted: `"`, `M-{`, `C-b`. */
  readonly key: string;
  readonly repeat: boolean;
  /** The commands as tmux prints them. */
  readonly command: string;
  /**
   * The same taken apart each time they are asked for, as few ever are; undefined when they are outside the
   * subset that is read here.
   */
  readonly commands: readonly ParsedCommand[] | undefined;
}

const NAMES: ReadonlySet<string> = new Set(COMMANDS.map(({ name }) => name));

/** Reads the output of `list-keys` (cmd-list-keys.c); lines that are no binding are left out. */
export function parseListKeys(lines: readonly string[]): ListedBinding[] {
  return lines.flatMap((line) => parseLine(line) ?? []);
}

function parseLine(line: string): ListedBinding | undefined {
  try {
    const lexer = new CommandLexer(line);
    if (readWord(lexer) !== 'bind-key') return undefined;
    let flag = readWord(lexer);
    const repeat = flag === '-r';
    if (repeat) flag = readWord(lexer);
    if (flag !== '-T') return undefined;
    const table = readWord(lexer);
    const key = readWord(lexer);
    if (table === undefined || key === undefined) return undefined;
    const command = lexer.rest;
    return {
      table,
      key,
      repeat,
      command,
      get commands() {
        return parsePrinted(command);
      },
    };
  } catch (error) {
    if (error instanceof CommandSyntaxError) return undefined;
    throw error;
  }
}

function readWord(lexer: CommandLexer): string | undefined {
  const token = lexer.next();
  return token.kind === 'word' ? token.value : undefined;
}

/** Reads a command list as tmux prints it, or undefined when it cannot be read without doubt. */
function parsePrinted(command: string): ParsedCommand[] | undefined {
  try {
    const lexer = new CommandLexer(command);
    return parseCommands(lexer, (token, depth) => {
      // tmux escapes a backslash even inside single quotes, where it cannot be told from two.
      if (token.kind === 'word' && hasQuotedBackslash(token.raw)) {
        throw new CommandSyntaxError('a backslash in single quotes', token.column);
      }
      return token.kind === 'word' && depth === 0 && isSeparator(token.raw, lexer.rest);
    });
  } catch (error) {
    if (error instanceof CommandSyntaxError) return undefined;
    throw error;
  }
}

/** Whether a backslash stands between two single quotes; cut up, since a pattern would try every pair of places. */
function hasQuotedBackslash(raw: string): boolean {
  return raw
    .split("'")
    .slice(1, -1)
    .some((between) => between.includes('\\'));
}

/**
 * Commands are joined by `\;` (`\;\;` where they were bound on separate lines), which is how a
 * word `;` is printed too; only the name of a command after it tells them apart, printed in full.
 */
function isSeparator(raw: string, rest: string): boolean {
  return (raw === '\\;' || raw === '\\;\\;') && NAMES.has(/^[^ ]*/.exec(rest)?.[0] ?? '');
}
