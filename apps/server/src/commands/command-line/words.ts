import { encodeParsedCommands, type Arg, type ParsedCommand } from '#tmux-protocol';
import { COMMAND_MAX_LENGTH } from '#dto/constants';
import { CommandLineError } from './command-line.errors.js';

/** `%%` and `%1` … `%9`, each with the optional `%` that makes tmux quote the answer (cmd.c, `cmd_template_replace`). */
const PLACEHOLDER = /%([%1-9])%?/g;

/** What no line can hold (docs/command-language.md). */
const UNTYPABLE = /[\0\r\n]|[\ud800-\udfff]/u;

/** Arguments as words; a `{…}` block becomes its commands in canonical writing, which means the same to tmux. */
export function wordsOf(args: readonly Arg[]): string[] {
  return args.map((arg) => (arg.kind === 'word' ? arg.value : encodeParsedCommands(arg.commands)));
}

/**
 * Puts the answers of a prompt into the parsed words, so that an answer stays one word whatever it holds:
 * tmux itself would put it into the text and parse that.
 * @throws CommandLineError for what no line can hold, and when they would make it longer than a line may be
 */
export function withAnswers(
  commands: readonly ParsedCommand[],
  answers: readonly string[],
): ParsedCommand[] {
  if (answers.some((answer) => UNTYPABLE.test(answer))) {
    throw new CommandLineError('an answer cannot hold NUL, CR, LF or what is no Unicode');
  }
  // Thousands of placeholders, each filled with a long answer, would be more than anybody can read.
  let room = COMMAND_MAX_LENGTH;
  const fill = (word: string): string =>
    word.replace(PLACEHOLDER, (whole, which: string) => {
      const answer = answers[which === '%' ? 0 : Number(which) - 1];
      room -= answer?.length ?? 0;
      if (room < 0) throw new CommandLineError('the answers are too long');
      return answer ?? whole;
    });
  const filled = (parts: readonly ParsedCommand[]): ParsedCommand[] =>
    parts.map(({ name, args }) => ({
      name,
      args: args.map((arg): Arg =>
        arg.kind === 'word'
          ? { kind: 'word', value: fill(arg.value) }
          : { kind: 'block', commands: filled(arg.commands) },
      ),
    }));
  return filled(commands);
}
