import type { Arg, ParsedCommand } from '../command-language.js';
import { DeniedError } from './command-case.js';
import { CommandJudge } from './command-judge.js';
import type { CommandPolicy, CommandScope, Verdict } from './types.js';

/** Most commands of a line, nested ones not counted. */
const MAX_COMMANDS = 100;

/**
 * Decides whether a parsed command line may be run. Pure: the same line, policy and scope always get the
 * same verdict. A line is judged whole: one command that is denied denies all of them.
 *
 * Rules that a denial names: `not-understood`, `tmux-crash`, `bounds` and `scope` are nobody's choice;
 * `effect:…` and the names of rules come from the policy (docs/command-policy.md).
 */
export function judge(
  commands: readonly ParsedCommand[],
  policy: CommandPolicy,
  scope: CommandScope,
): Verdict {
  const [first] = commands;
  if (first === undefined || commands.length > MAX_COMMANDS) {
    const reason = first === undefined ? 'there is no command' : 'there are too many commands';
    return { allowed: false, rule: 'not-understood', command: first?.name ?? '', reason };
  }
  try {
    const judged = new CommandJudge(policy, scope).all(commands, { depth: 0 });
    return { allowed: true, commands: judged };
  } catch (error) {
    if (error instanceof DeniedError) return error.denial;
    throw error;
  }
}

/**
 * Judges a format that is expanded for somebody, as an argument of `display-message` would be.
 * @returns the denial, or undefined when it may be expanded
 */
export function judgeFormat(
  format: string,
  policy: CommandPolicy,
  scope: CommandScope,
): Extract<Verdict, { allowed: false }> | undefined {
  const args: readonly Arg[] = ['-p', '--', format].map((value) => ({ kind: 'word', value }));
  const verdict = judge([{ name: 'display-message', args }], policy, scope);
  return verdict.allowed ? undefined : verdict;
}
