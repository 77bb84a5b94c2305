import {
  COMMAND_RULES,
  parseFlags,
  type Arg,
  type ArgKind,
  type JudgedCommand,
} from '#tmux-protocol';
import type { AuditValue } from '#audit-log';
import { MASKED } from '../../audit/masking/secret-patterns.js';

/** Most commands of one line, nested ones included, that a record tells in full. */
export const COMMANDS_MAX = 64;
/** Most characters of one argument. */
const ARGUMENT_MAX = 512;
/** Commands whose arguments from here on are typed or stored text: only how much of it is told. */
const TEXT_FROM: Readonly<Record<string, number>> = {
  'send-keys': 0,
  'set-buffer': 0,
  'set-environment': 1,
};
/** Arguments that are commands, which are told as those. */
const COMMANDS: ReadonlySet<ArgKind> = new Set<ArgKind>([
  'commands',
  'expanded-commands',
  'prompted',
  'chosen',
]);
const NESTED = '{…}';

/**
 * Judged commands as the audit log keeps them: names, flags, arguments and effects; what was typed, stored or set in
 * an environment only by its length.
 */
export function commandForm(commands: readonly JudgedCommand[]): readonly AuditValue[] {
  const all = commands.flatMap((command) => [command, ...(command.nested ?? [])]);
  const told = all.slice(0, COMMANDS_MAX).map((one) => formOf(one, !commands.includes(one)));
  return all.length > told.length ? [...told, { more: all.length - told.length }] : told;
}

function formOf({ spec, command, effects, nested = [] }: JudgedCommand, isNested: boolean) {
  const rules = COMMAND_RULES[spec.name];
  const { given, rest } = parseFlags(spec.flags, command.args);
  const flags = given.map(({ flag, value }) =>
    value === undefined ? `-${flag}` : `-${flag} ${flagText(value, rules?.values?.[flag])}`,
  );
  const textFrom = TEXT_FROM[spec.name] ?? Infinity;
  const args = rest.map((arg, index) => {
    if (index >= textFrom) return lengthOf(arg);
    const kind = rules?.args?.[index] ?? rules?.args?.at(-1);
    const isCommands = nested.length > 0 && kind !== undefined && holdsCommands(kind, index);
    return isCommands || arg.kind === 'block' ? NESTED : cut(arg.value);
  });
  return {
    command: spec.name,
    args: [...flags, ...args],
    effects: [...effects].toSorted(),
    ...(isNested ? { nested: true } : {}),
  };
}

/** Of those with rules of their own, the first is what the commands are for: a key, a hook, an option. */
function holdsCommands(kind: ArgKind, index: number): boolean {
  return COMMANDS.has(kind) || (kind === 'special' && index > 0);
}

function flagText(value: string, kind: ArgKind | undefined): string {
  if (kind !== 'environment') return cut(value);
  const equals = value.indexOf('=');
  return equals === -1 ? cut(value) : `${cut(value.slice(0, equals))}=${MASKED}`;
}

function lengthOf(arg: Arg): string {
  return arg.kind === 'block' ? NESTED : `[${arg.value.length} characters]`;
}

function cut(text: string): string {
  return text.length <= ARGUMENT_MAX ? text : `${text.slice(0, ARGUMENT_MAX)}…`;
}
