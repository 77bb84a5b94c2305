import fc from 'fast-check';
import { encodeParsedCommands, parseCommandLine } from './command-language.js';
import type { Arg, ParsedCommand } from './command-language.js';
import { CommandSyntaxError, EncodeError } from './errors.js';

/** Commands as nested arrays of words, a block as `{ … }` inside. */
type Words = readonly (string | { readonly block: readonly Words[] })[];

function toWords(commands: readonly ParsedCommand[]): Words[] {
  return commands.map(({ name, args }) => [
    name,
    ...args.map((arg) => (arg.kind === 'word' ? arg.value : { block: toWords(arg.commands) })),
  ]);
}

const parse = (text: string): Words[] => toWords(parseCommandLine(text));

function refusalOf(text: string): CommandSyntaxError {
  try {
    parseCommandLine(text);
  } catch (error) {
    // What is wanted; anything else fails the test.
    if (error instanceof CommandSyntaxError) return error;
    throw error;
  }
  throw new Error(`accepted ${JSON.stringify(text)}`);
}

describe(parseCommandLine.name, () => {
  it.each<[string, Words[]]>([
    ['', []],
    [' \t ', []],
    ['# only a comment', []],
    ['split-window -h -t %1', [['split-window', '-h', '-t', '%1']]],
    ['a b;c  d ; e', [['a', 'b'], ['c', 'd'], ['e']]],
    ['a ; ; b ;', [['a'], ['b']]],
    ['a # b ; c', [['a']]],
    ['a b#c #d', [['a', 'b#c']]],
    [`a 'b  c;#"$~\\' d`, [['a', 'b  c;#"$~\\', 'd']]],
    ['a "b  c;#\' {}" d', [['a', "b  c;#' {}", 'd']]],
    [`dis'play'-"message" x'y'"z"`, [['display-message', 'xyz']]],
    [`a '' ""`, [['a', '', '']]],
    ['a \\; \\" \\\\ b\\ c', [['a', ';', '"', '\\', 'b c']]],
    ['a "\\"\\\\"', [['a', '"\\']]],
    ['a \\101\\303\\251 "\\033[m"', [['a', 'Aé', '\x1b[m']]],
    ['a \\u00e9 \\U0001f600 \\x41', [['a', 'é', '😀', 'x41']]],
    ['a \\a\\b\\e\\f\\s\\v\\t', [['a', '\x07\b\x1b\f \v\t']]],
    ['a \\é 日本', [['a', 'é', '日本']]],
    ['a %1 %% %1% "%if"', [['a', '%1', '%%', '%1%', '%if']]],
    ['a 50% -t=%0', [['a', '50%', '-t=%0']]],
    ['a $1 "$" $- b$. c', [['a', '$1', '$', '$-', 'b$.', 'c']]],
    ['a HEAD~1 x~ "b~"', [['a', 'HEAD~1', 'x~', 'b~']]],
    ['a FOO=bar', [['a', 'FOO=bar']]],
    ['a x{y z', [['a', 'x{y', 'z']]],
    ['a { b ; c d } e', [['a', { block: [['b'], ['c', 'd']] }, 'e']]],
    ['a {b}{}', [['a', { block: [['b']] }, { block: [] }]]],
    ['a { b { c } }', [['a', { block: [['b', { block: [['c']] }]] }]]],
  ])('reads %j', (text, commands) => {
    expect(parse(text)).toEqual(commands);
  });

  it.each([
    ["a 'b", 'quotes are not closed', 3],
    ['a "b', 'quotes are not closed', 3],
    ["a b'c", 'quotes are not closed', 4],
    ['a b"c', 'quotes are not closed', 4],
    [`a "b'c" 'd`, 'quotes are not closed', 9],
    ['a "b\\"', 'quotes are not closed', 3],
    ['a $HOME', 'variables are not available here', 3],
    ['a "x$_y"', 'variables are not available here', 5],
    ['a ${HOME}', 'variables are not available here', 3],
    ['a b$', 'variables are not available here', 4],
    ['a ~/x', '~ is not available here', 3],
    ['a "~"', '~ is not available here', 4],
    ['a "b"~', '~ is not available here', 6],
    ['%if 1', 'conditions such as %if', 1],
    ['a %foo', 'conditions such as %if', 3],
    ['a %1;b', 'conditions such as %if', 3],
    ['a { b %1}', 'conditions such as %if', 7],
    ['%hidden A=b', 'conditions such as %if', 1],
    ['FOO=bar', 'variables cannot be set here', 1],
    ['FOO=bar a', 'variables cannot be set here', 1],
    [`a ; 'FOO=bar' b`, 'variables cannot be set here', 5],
    ['a { _x= }', 'variables cannot be set here', 5],
    [';', 'a command is missing', 1],
    ['a { ; b }', 'a command is missing', 5],
    ['{ a }', 'a command is missing', 1],
    ['a }', 'no brace is open', 3],
    ['a x}', 'no brace is open', 4],
    ['a { b', 'brace is not closed', 6],
    ['a { b # }', 'brace is not closed', 7],
    ['a \\', 'nothing follows the backslash', 4],
    ['a \\400', 'octal escape', 4],
    ['a \\8\\12', 'octal escape', 6],
    ['a \\012', 'NUL, CR or LF', 4],
    ['a "\\000"', 'NUL, CR or LF', 5],
    ['a \\n', 'NUL, CR or LF', 4],
    ['a\nb', 'NUL, CR or LF', 2],
    ['a\rb', 'NUL, CR or LF', 2],
    ['a \0', 'NUL, CR or LF', 3],
    ['a \\377', 'valid UTF-8', 7],
    ['a \\u12', 'hex digits', 4],
    ['a \\ud800', 'hex digits', 4],
    ['a \\U00110000', 'hex digits', 4],
    ['a \udcff', 'valid Unicode', 3],
  ])('refuses %j: %s', (text, message, column) => {
    const error = refusalOf(text);
    expect(error.message).toContain(message);
    expect(error.column).toBe(column);
  });

  it('bounds the nesting of braces', () => {
    expect(parse(`${'a { '.repeat(32)}b${' }'.repeat(32)}`)).toHaveLength(1);
    expect(() => parse(`${'a { '.repeat(33)}b${' }'.repeat(33)}`)).toThrow('too many braces');
  });

  it('either reads a line or refuses it, whatever it holds', () => {
    const piece = fc.constantFrom(...Array.from('ab %$~\'"\\;{}#=01\t'), 'é', '%if', '\\u00e9');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        try {
          expect(parseCommandLine(pieces.join(''))).toBeInstanceOf(Array);
        } catch (error) {
          // The only way out other than a value.
          if (!(error instanceof CommandSyntaxError)) throw error;
        }
      }),
      { numRuns: 5000 },
    );
  });
});

describe(encodeParsedCommands.name, () => {
  const word = fc
    .string({ unit: 'binary', maxLength: 8 })
    .filter((text) => !/[\0\r\n]|[\ud800-\udfff]/u.test(text));
  const { command } = fc.letrec<{ command: ParsedCommand; arg: Arg }>((tie) => ({
    command: fc.record({
      name: fc.oneof(fc.constant('send-keys'), word).filter((name) => !/^\w+=/.test(name)),
      args: fc.array(tie('arg'), { maxLength: 3 }),
    }),
    arg: fc.oneof(
      { maxDepth: 4 },
      word.map((value) => ({ kind: 'word' as const, value })),
      fc.record({ kind: fc.constant('block' as const), commands: fc.array(tie('command')) }),
    ),
  }));

  it('writes what is read back the same', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 3 }), (commands) => {
        expect(parseCommandLine(encodeParsedCommands(commands))).toEqual(commands);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses a name that would set a variable', () => {
    expect(() => encodeParsedCommands([{ name: 'A=b', args: [] }])).toThrow(EncodeError);
  });
});
