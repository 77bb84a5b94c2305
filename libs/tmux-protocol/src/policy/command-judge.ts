import { encodeParsedCommands, parseCommandLine } from '../command-language.js';
import type { Arg, ParsedCommand } from '../command-language.js';
import { resolveCommand } from '../command-table.js';
import type { CommandSpec } from '../command-table.js';
import { CommandSyntaxError } from '../errors.js';
import { CommandCase, DeniedError, quoted } from './command-case.js';
import { COMMAND_RULES } from './command-rules.js';
import type { ArgKind, CommandRules } from './command-rules.js';
import { ruleAgainst } from './policy-rules.js';
import { checkSize, SPECIAL_RULES } from './special-rules.js';
import type { Helper } from './special-rules.js';
import { currentTarget, scopedTarget } from './targets.js';
import type { TargetKind } from './targets.js';
import type { CommandPolicy, CommandScope, JudgedCommand } from './types.js';

/** Where a command stands. */
export interface Place {
  /** How many commands it is nested in. */
  readonly depth: number;
  /**
   * Whether `%%` and `%1` stand for text: what somebody types, which is judged again when it is known, or
   * what tmux puts there for what was chosen.
   */
  readonly placeholders?: 'typed' | 'chosen';
  /** Whether tmux runs it by itself, for no client of the person's own. */
  readonly isRunByTmux?: boolean;
}

/** Commands in commands in commands: nobody means that. */
const MAX_DEPTH = 8;
const PLACEHOLDER = /%%|%[1-9]/;
const PROMPT_TYPES: readonly string[] = ['command', 'search', 'target', 'window-target'];
const TARGETS: readonly string[] = ['session', 'window', 'winlink', 'slot', 'pane'];
/** Putting a window after the one with the highest index there can be ends tmux (window.c, `winlink_shuffle_up`). */
const HUGE_INDEX = /(?:^|[:+-])\d{7,}$/;
const TEXT_NOT_COMMANDS: readonly ArgKind[] = [
  'commands',
  'expanded-commands',
  'prompted',
  'chosen',
];
/** Their commands run for the client that answers, chooses or presses a key. */
const ASKING = /^(?:bind-key|choose-\w+|command-prompt|confirm-before|display-(?:menu|panes))$/;
const SCOPE_REASON = 'it names something other than your sessions by id or whole name';

/** Judges commands, and those in their arguments, by one policy in one scope. */
export class CommandJudge {
  readonly #policy: CommandPolicy;
  readonly #scope: CommandScope;

  constructor(policy: CommandPolicy, scope: CommandScope) {
    this.#policy = policy;
    this.#scope = scope;
  }

  /** @throws DeniedError */
  all(commands: readonly ParsedCommand[], place: Place): JudgedCommand[] {
    if (place.depth > MAX_DEPTH) {
      throw new DeniedError({
        allowed: false,
        rule: 'not-understood',
        command: commands[0]?.name ?? '',
        reason: 'commands are nested too deep',
      });
    }
    return commands.map((command) => this.#one(command, place));
  }

  #one({ name, args }: ParsedCommand, place: Place): JudgedCommand {
    const spec = specOf(name);
    const rules = COMMAND_RULES[spec.name];
    const command = new CommandCase(spec, args);
    if (rules === undefined) throw command.denied('not-understood', 'its effects are not known');
    for (const effect of rules.effects) command.add(effect, WHAT[effect]);
    if (spec.name === 'capture-pane' && !command.flags.has('p')) {
      command.add('buffer', 'store what it captures in a paste buffer; -p shows it');
    }
    if (rules.ownClient === true && place.isRunByTmux === true) {
      command.add('client', 'act on whichever client tmux finds');
    }
    if (rules.types === true && place.isRunByTmux === true) {
      // Typed lines leave the mode first (command-line.service.ts).
      command.add('buffer', 'press keys of a pane’s mode, which may be bound to copying');
    }
    const flags = this.#flags(command, rules, place);
    const rest = this.#arguments(command, rules, place);
    const needsTarget = this.#needsTarget(command, rules);
    const denial = ruleAgainst(command, this.#policy, this.#scope);
    if (denial !== undefined) throw new DeniedError(denial);
    const source = rules.ownSource === true && !command.flags.has('s');
    const own = [
      ...(source ? this.#current('-s') : []),
      ...(needsTarget && place.depth > 0 ? this.#current('-t') : []),
    ];
    return {
      spec,
      command: { name: spec.name, args: [...own, ...flags, ...guarded(rest)] },
      effects: new Set([
        ...command.effects.keys(),
        ...command.nested.flatMap(({ effects }) => [...effects]),
      ]),
      needsTarget: needsTarget && place.depth === 0,
      nested: command.nested,
    };
  }

  #flags(command: CommandCase, rules: CommandRules, place: Place): Arg[] {
    return command.given.flatMap(({ flag, value }): Arg[] => {
      const refused = rules.refused?.[flag];
      if (refused !== undefined) throw command.denied('not-understood', refused, `-${flag}`);
      for (const effect of rules.adds?.[flag] ?? []) command.add(effect, WHAT[effect], `-${flag}`);
      if (value === undefined) return [word(`-${flag}`)];
      const kind = flagKind(command, rules, flag, value);
      const judged = this.#argument(command, kind, word(value), place);
      return [word(`-${flag}`), judged];
    });
  }

  #arguments(command: CommandCase, rules: CommandRules, place: Place): readonly Arg[] {
    const special = SPECIAL_RULES[command.spec.name];
    const own = special?.(command, this.#helper(command, place));
    if (command.spec.name === 'if-shell') {
      const bodies = command.rest.slice(1);
      return [
        ...(own ?? []),
        ...bodies.map((arg) => this.#argument(command, 'commands', arg, place)),
      ];
    }
    if (own !== undefined && (rules.args?.includes('special') ?? false)) return own;
    return command.rest.map((arg, i) => {
      const kind = rules.args?.[i] ?? rules.args?.at(-1) ?? 'plain';
      return this.#argument(command, kind, arg, place);
    });
  }

  #argument(command: CommandCase, kind: ArgKind, arg: Arg, place: Place): Arg {
    if (TEXT_NOT_COMMANDS.includes(kind)) return this.#nested(command, kind, arg, place);
    if (arg.kind === 'block')
      throw command.denied('not-understood', 'it takes no commands in braces');
    const { value } = arg;
    const isOpen = place.placeholders !== undefined && PLACEHOLDER.test(value);
    if (isTarget(kind)) return isOpen ? arg : word(this.#target(command, kind, value));
    if (isOpen && place.placeholders === 'chosen') {
      command.add('shell', 'put text that others chose into a command', value);
    }
    if (!isOpen) checkNumber(command, kind, value);
    judgeText(command, kind, value);
    return arg;
  }

  #target(command: CommandCase, kind: TargetKind, value: string): string {
    if (kind === 'slot' && HUGE_INDEX.test(value)) {
      throw command.denied('bounds', 'the index of a window has at most six digits', value);
    }
    if (this.#scope.kind === 'all') return value;
    const target = scopedTarget(value, kind, this.#scope);
    if (target === undefined) throw command.denied('scope', SCOPE_REASON, value);
    return target;
  }

  #needsTarget(command: CommandCase, rules: CommandRules): boolean {
    if (this.#scope.kind === 'all') return false;
    const { flags, spec } = command;
    if (rules.marked === true && !flags.has('s') && !flags.has('U') && !flags.has('D')) {
      throw command.denied('scope', 'without -s it takes the marked pane, which may be anywhere');
    }
    const kind = rules.values?.['t'];
    const opens = spec.name === 'switch-client' || spec.name === 'attach-session';
    return kind !== undefined && isTarget(kind) && !flags.has('t') && !opens;
  }

  /** A flag for the current session, in a limited scope. */
  #current(flag: '-s' | '-t'): readonly Arg[] {
    return this.#scope.kind === 'all' ? [] : [word(flag), word(currentTarget(this.#scope))];
  }

  #nested(command: CommandCase, kind: ArgKind, arg: Arg, place: Place): Arg {
    const placeholders = placeholdersOf(kind) ?? place.placeholders;
    const isText = arg.kind === 'word';
    if (isText && mayExpand(command, kind) && arg.value.includes('#')) {
      if (this.#scope.kind === 'sessions') {
        throw command.denied('scope', 'targets cannot be written into what is expanded', arg.value);
      }
      command.format(arg.value);
      command.add('shell', 'expand commands before it reads them', arg.value);
    }
    if (
      isText &&
      kind === 'chosen' &&
      PLACEHOLDER.test(arg.value) &&
      command.spec.name !== 'display-panes'
    ) {
      command.add('shell', 'put text that others chose into commands', arg.value);
    }
    const parsed = isText ? parseNested(command, arg.value) : arg.commands;
    const judged = this.all(parsed, {
      depth: place.depth + 1,
      isRunByTmux: place.isRunByTmux === true || !ASKING.test(command.spec.name),
      ...(placeholders !== undefined && { placeholders }),
    });
    // Elsewhere what was typed stays; a limited scope needs its targets written, or tmux looks them up elsewhere.
    const stays = this.#scope.kind === 'all';
    command.addNested(stays ? asTyped(judged, parsed) : judged);
    if (stays) return arg;
    const commands = judged.map((one) => one.command);
    return isText ? word(encodeParsedCommands(commands)) : { kind: 'block', commands };
  }

  #helper(command: CommandCase, place: Place): Helper {
    return {
      isTypedLater: (value) => place.placeholders === 'typed' && PLACEHOLDER.test(value),
      nested: (arg) => this.#nested(command, 'commands', arg, place),
      expanded: (arg) => this.#nested(command, 'expanded-commands', arg, place),
      words: (args) => {
        const parsed = splitWords(args);
        const judged = this.all(parsed, { ...place, depth: place.depth + 1 });
        command.addNested(asTyped(judged, parsed));
      },
    };
  }
}

/** What a base effect does, for reasons. */
const WHAT = {
  read: 'show what is on the screen',
  reveal: 'show more than the screen',
  layout: 'change windows and panes',
  name: 'name a session, window or pane',
  create: 'make a pane, window or session',
  input: 'type into a program',
  buffer: 'use paste buffers, which all sessions share',
  kill: 'end something',
  option: 'set an option',
  later: 'store something that is run later',
  shell: 'run a program',
  'file-read': 'read a file',
  'file-write': 'write a file',
  client: 'act on other people’s clients',
  'other-session': 'reach other sessions',
  server: 'change the tmux server for everybody',
  wait: 'wait, maybe for ever',
} as const;

function specOf(name: string): CommandSpec {
  const spec = resolveCommand(name);
  if (!('error' in spec)) return spec;
  const reason =
    spec.error === 'unknown'
      ? 'there is no such command'
      : `it may be short for ${spec.candidates.join(', ')}`;
  throw new DeniedError({ allowed: false, rule: 'not-understood', command: name, reason });
}

/** `switch-client` and `attach-session` take a session, or a pane when the target looks like one. */
function flagKind(command: CommandCase, rules: CommandRules, flag: string, value: string): ArgKind {
  const kind = rules.values?.[flag];
  if (kind === undefined) throw command.denied('not-understood', `-${flag} is not known here`);
  const opens = command.spec.name === 'switch-client' || command.spec.name === 'attach-session';
  if (flag === 't' && opens) return /[:.%@]/.test(value) ? 'pane' : 'session';
  return kind;
}

function judgeText(command: CommandCase, kind: ArgKind, value: string): void {
  switch (kind) {
    case 'format':
    case 'name':
    case 'path':
    case 'file':
      command.format(value);
      return;
    case 'format-time':
      command.format(value, true);
      return;
    case 'prompts':
      // tmux cuts at every comma before it expands (cmd-command-prompt.c), also inside a format.
      for (const part of value.split(',')) command.format(part, true);
      return;
    case 'prompt-type':
      // In tmux 3.2 the flag takes no value, and what follows is the command to run.
      if (!PROMPT_TYPES.includes(value)) {
        throw command.denied('not-understood', `${quoted(value)} is no type of prompt`, value);
      }
      return;
    case 'shell':
      command.add('shell', `run the shell command ${quoted(value)}`, value);
      return;
    case 'environment':
      command.add('shell', 'set variables that programs obey', value);
      return;
    case 'client':
      command.add('client', 'act on a client', value);
      return;
    default:
  }
}

function checkNumber(command: CommandCase, kind: ArgKind, value: string): void {
  const isNewSession = command.spec.name === 'new-session';
  if (kind === 'width' || kind === 'height') {
    if (isNewSession && value === '-') return;
    const least = isNewSession || command.spec.name === 'resize-window' ? 2 : 1;
    checkSize(command, kind, value, least);
  }
  const isNumber =
    kind === 'number'
      ? /^[+-]?\d{1,9}(?:\.\d{1,9})?$/.test(value)
      : kind !== 'line' || /^(?:-|-?\d{1,9}|\d{1,3}%)$/.test(value);
  // Later versions expand some of them as formats.
  if (!isNumber) throw command.denied('not-understood', `${quoted(value)} is no number`, value);
}

function placeholdersOf(kind: ArgKind): Place['placeholders'] {
  if (kind === 'prompted') return 'typed';
  return kind === 'chosen' ? 'chosen' : undefined;
}

/** tmux expands text, but never commands in braces (arguments.c, `args_make_commands_prepare`). */
function mayExpand({ spec, flags }: CommandCase, kind: ArgKind): boolean {
  return kind === 'expanded-commands' || (spec.name === 'command-prompt' && flags.has('F'));
}

function parseNested(command: CommandCase, text: string): ParsedCommand[] {
  try {
    return parseCommandLine(text);
  } catch (error) {
    if (!(error instanceof CommandSyntaxError)) throw error;
    throw command.denied('not-understood', `its commands: ${error.message}`, text);
  }
}

/** Words as tmux takes them apart: one that ends in `;` ends a command (cmd-parse.y, from arguments). */
function splitWords(args: readonly Arg[]): ParsedCommand[] {
  const commands: { name: string; args: Arg[] }[] = [];
  let current: { name: string; args: Arg[] } | undefined;
  for (const arg of args) {
    const ends = arg.kind === 'word' && /(?<!\\);$/.test(arg.value);
    const value = arg.kind === 'word' ? arg.value.replace(/\\?;$/, ends ? '' : ';') : '';
    if (arg.kind === 'block') {
      current?.args.push(arg);
    } else if (value !== '' || !ends) {
      if (current === undefined) commands.push((current = { name: value, args: [] }));
      else current.args.push(word(value));
    }
    if (ends) current = undefined;
  }
  return commands;
}

/** Arguments after flags, so that none is taken for one. */
function guarded(rest: readonly Arg[]): readonly Arg[] {
  const [first] = rest;
  const looksLikeFlag =
    first?.kind === 'word' && first.value.startsWith('-') && first.value !== '-';
  return looksLikeFlag ? [word('--'), ...rest] : rest;
}

function asTyped(
  judged: readonly JudgedCommand[],
  typed: readonly ParsedCommand[],
): JudgedCommand[] {
  return judged.map((one, i) => ({ ...one, command: typed[i] ?? one.command }));
}

function word(value: string): Arg {
  return { kind: 'word', value };
}

function isTarget(kind: ArgKind): kind is TargetKind {
  return TARGETS.includes(kind);
}
