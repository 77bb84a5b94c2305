import { encodeParsedCommands, type Arg, type ParsedCommand } from '#tmux-protocol';

/** `%%` and `%1` … `%9`, each with the optional `%` that makes tmux quote the answer (cmd.c, `cmd_template_replace`). */
const PLACEHOLDER = /%([%1-9])%?/g;

/** Arguments as words; a `{…}` block becomes its commands in canonical writing, which means the same to tmux. */
export function wordsOf(args: readonly Arg[]): string[] {
  return args.map((arg) => (arg.kind === 'word' ? arg.value : encodeParsedCommands(arg.commands)));
}

/**
 * Puts the answers of a prompt into the parsed words, so that an answer stays one word whatever it holds:
 * tmux itself would put it into the text and parse that.
 */
export function withAnswers(
  commands: readonly ParsedCommand[],
  answers: readonly string[],
): ParsedCommand[] {
  return commands.map(({ name, args }) => ({
    name,
    args: args.map((arg): Arg =>
      arg.kind === 'word'
        ? { kind: 'word', value: fill(arg.value, answers) }
        : { kind: 'block', commands: withAnswers(arg.commands, answers) },
    ),
  }));
}

function fill(word: string, answers: readonly string[]): string {
  return word.replace(PLACEHOLDER, (whole, which: string) => {
    const index = which === '%' ? 0 : Number(which) - 1;
    return answers[index] ?? whole;
  });
}
