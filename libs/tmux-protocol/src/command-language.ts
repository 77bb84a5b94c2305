import { CommandLexer } from './command-lexer.js';
import type { CommandToken } from './command-lexer.js';
import { quoteWord } from './encode.js';
import { CommandSyntaxError, EncodeError } from './errors.js';

/** One command of a line, as typed: neither name nor flags were looked up. */
export interface ParsedCommand {
  readonly name: string;
  readonly args: readonly Arg[];
}

/** An argument: a word, or commands in braces. */
export type Arg =
  | { readonly kind: 'word'; readonly value: string }
  | { readonly kind: 'block'; readonly commands: readonly ParsedCommand[] };

/** Deepest nesting of braces. */
const MAX_DEPTH = 32;
const ASSIGNMENT_REFUSED = 'variables cannot be set here';
const ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]*=/;

/**
 * Reads a command line in a strict subset of tmux's language (docs/command-language.md): what is
 * accepted means to tmux exactly what is returned, everything else is refused.
 *
 * @throws CommandSyntaxError
 */
export function parseCommandLine(text: string): ParsedCommand[] {
  return parseCommands(new CommandLexer(text));
}

/** Whether a word separates commands, beside `;`, at this depth of braces. */
export type SeparatorTest = (token: CommandToken, depth: number) => boolean;

/**
 * Writes commands so that tmux, and {@link parseCommandLine}, read them back as they are. No line
 * end; empty for no commands.
 *
 * @throws EncodeError when a name or word cannot be written
 */
export function encodeParsedCommands(commands: readonly ParsedCommand[]): string {
  return commands
    .map(({ name, args }) => [encodeName(name), ...args.map(encodeArg)].join(' '))
    .join(' ; ');
}

function encodeArg(arg: Arg): string {
  return arg.kind === 'word' ? quoteWord(arg.value) : `{ ${encodeParsedCommands(arg.commands)} }`;
}

function encodeName(name: string): string {
  // A quoted name is read alike, but only one that is no assignment may stand there.
  if (ASSIGNMENT.test(name)) throw new EncodeError(ASSIGNMENT_REFUSED);
  return /^[a-z]+(?:-[a-z]+)*$/.test(name) ? name : quoteWord(name);
}

/**
 * Reads the rest of a lexer's line, or up to the closing brace of a block at `depth`.
 *
 * @param isSeparator for lists as tmux prints them
 * @throws CommandSyntaxError
 */
export function parseCommands(
  lexer: CommandLexer,
  isSeparator: SeparatorTest = () => false,
  depth = 0,
): ParsedCommand[] {
  const commands: { name: string; args: Arg[] }[] = [];
  let current: { name: string; args: Arg[] } | undefined;
  for (;;) {
    const token = lexer.next();
    if (token.kind === 'end' || token.kind === '}') {
      checkEnd(token, depth);
      return commands;
    }
    if (token.kind === ';' || (token.kind === 'word' && isSeparator(token, depth))) {
      if (commands.length === 0) throw new CommandSyntaxError('a command is missing', token.column);
      current = undefined;
    } else if (current === undefined) {
      current = { name: readName(token), args: [] };
      commands.push(current);
    } else if (token.kind === 'word') {
      current.args.push({ kind: 'word', value: token.value });
    } else {
      if (depth === MAX_DEPTH) throw new CommandSyntaxError('too many braces', token.column);
      current.args.push({ kind: 'block', commands: parseCommands(lexer, isSeparator, depth + 1) });
    }
  }
}

function readName(token: CommandToken): string {
  if (token.kind !== 'word') throw new CommandSyntaxError('a command is missing', token.column);
  if (ASSIGNMENT.test(token.value)) throw new CommandSyntaxError(ASSIGNMENT_REFUSED, token.column);
  return token.value;
}

function checkEnd({ kind, column }: CommandToken, depth: number): void {
  if (kind === 'end' && depth > 0) throw new CommandSyntaxError('the brace is not closed', column);
  if (kind === '}' && depth === 0) throw new CommandSyntaxError('no brace is open', column);
}
