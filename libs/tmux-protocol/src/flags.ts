import type { Arg } from './command-language.js';
import { CommandSyntaxError } from './errors.js';

/** One flag as it was given. */
export interface GivenFlag {
  readonly flag: string;
  /** Absent for a flag without a value. */
  readonly value?: string;
}

/** Arguments with the flags taken apart. */
export interface ParsedFlags {
  /** Letter → value, or true for a flag without one; of a repeated flag the last counts. */
  readonly flags: ReadonlyMap<string, string | true>;
  /** All flags in their order, also those that a later one of the same letter replaces. */
  readonly given: readonly GivenFlag[];
  readonly rest: readonly Arg[];
}

/**
 * Takes flags apart as tmux does (arguments.c, `args_parse`): `-abc`, `-tX`, `-t X`, up to `--` or
 * the first argument that is no flag; a lone `-` is none.
 *
 * @param spec letters as for getopt: `x` a flag, `x:` with a value, `x::` with an optional one
 * @throws CommandSyntaxError for a flag that `spec` does not have or whose value is missing
 */
export function parseFlags(spec: string, args: readonly Arg[]): ParsedFlags {
  const given: GivenFlag[] = [];
  let at = 0;
  for (let arg = args[at]; arg !== undefined; arg = args[at]) {
    if (arg.kind !== 'word' || !arg.value.startsWith('-') || arg.value === '-') break;
    at++;
    if (arg.value === '--') break;
    if (takeGroup(spec, arg.value, args[at], given)) at++;
  }
  const flags = new Map<string, string | true>();
  for (const { flag, value = true } of given) flags.set(flag, value);
  return { flags, given, rest: args.slice(at) };
}

/** Reads the flags of one word; gives whether the following argument was the last one's value. */
function takeGroup(
  spec: string,
  word: string,
  following: Arg | undefined,
  given: GivenFlag[],
): boolean {
  for (let i = 1; i < word.length; i++) {
    const flag = word.charAt(i);
    const takes = valueOf(spec, flag);
    if (takes === 'nothing') {
      given.push({ flag });
      continue;
    }
    if (i + 1 < word.length) {
      given.push({ flag, value: word.slice(i + 1) });
      return false;
    }
    if (following === undefined && takes === 'optional') {
      given.push({ flag });
      return false;
    }
    if (following === undefined) throw new CommandSyntaxError(`-${flag} needs a value`);
    if (following.kind !== 'word') {
      throw new CommandSyntaxError(`the value of -${flag} cannot be in braces`);
    }
    given.push({ flag, value: following.value });
    return true;
  }
  return false;
}

function valueOf(spec: string, flag: string): 'nothing' | 'required' | 'optional' {
  const at = /^[0-9A-Za-z]$/.test(flag) ? spec.indexOf(flag) : -1;
  if (at === -1) throw new CommandSyntaxError(`there is no flag -${flag}`);
  if (spec[at + 1] !== ':') return 'nothing';
  return spec[at + 2] === ':' ? 'optional' : 'required';
}
