import type { Arg } from '../command-language.js';
import type { CommandSpec } from '../command-table.js';
import { parseFlags } from '../flags.js';
import type { GivenFlag } from '../flags.js';
import { scanFormat } from './format-scan.js';
import { FormatProblem } from './format-syntax.js';
import { isPlainVariable } from './format-variables.js';
import { isShownOption, resolveOption } from './options.js';
import type { Denial, Effect, JudgedCommand } from './types.js';

/** Ends judging; made into the verdict by `judge`. */
export class DeniedError extends Error {
  override readonly name = 'DeniedError';

  constructor(readonly denial: Denial) {
    super(denial.reason);
  }
}

/** Why a command has an effect. */
export interface Cause {
  readonly argument?: string;
  /** “it would …” */
  readonly does: string;
}

/** How much of an argument is quoted in a reason, in characters. */
const MAX_QUOTED = 120;

/** One command while it is judged: its parts, and what was found out about it. */
export class CommandCase {
  readonly flags: ReadonlyMap<string, string | true>;
  readonly given: readonly GivenFlag[];
  readonly rest: readonly Arg[];
  /** Effects of its own, with the first cause of each. */
  readonly effects = new Map<Effect, Cause>();
  /** However deep. */
  readonly nested: JudgedCommand[] = [];

  /** @throws DeniedError when the arguments do not fit the command */
  constructor(
    readonly spec: CommandSpec,
    args: readonly Arg[],
  ) {
    try {
      const { flags, given, rest } = parseFlags(spec.flags, args);
      this.flags = flags;
      this.given = given;
      this.rest = rest;
    } catch (error) {
      // parseFlags throws nothing but CommandSyntaxError.
      throw this.denied('not-understood', error instanceof Error ? error.message : String(error));
    }
    const [fewest, most] = spec.args;
    if (this.rest.length < fewest) throw this.denied('not-understood', 'an argument is missing');
    if (this.rest.length > most) throw this.denied('not-understood', 'it has too many arguments');
    if (
      [...this.given.map(({ value }) => value), ...this.words].some((word) => word?.includes('\0'))
    ) {
      throw this.denied('not-understood', 'tmux cannot be given the character NUL');
    }
  }

  /** Its arguments that are words. */
  get words(): readonly string[] {
    return this.rest.flatMap((arg) => (arg.kind === 'word' ? [arg.value] : []));
  }

  denied(rule: string, reason: string, argument?: string): DeniedError {
    return new DeniedError({
      allowed: false,
      rule,
      command: this.spec.name,
      ...(argument !== undefined && { argument: clip(argument) }),
      reason,
    });
  }

  add(effect: Effect, does: string, argument?: string): void {
    if (this.effects.has(effect)) return;
    this.effects.set(effect, { does, ...(argument !== undefined && { argument }) });
  }

  addNested(judged: readonly JudgedCommand[]): void {
    for (const one of judged) this.nested.push(one, ...(one.nested ?? []));
  }

  /**
   * Judges an argument that tmux expands.
   * @returns whether it is only text of its own or plain variables
   * @throws DeniedError when it cannot be read
   */
  format(text: string, hasTime = false): boolean {
    if (!/[#%]/.test(text)) return true;
    try {
      const scan = scanFormat(text, hasTime);
      if (scan.shell) this.add('shell', `run a program from the format ${quoted(text)}`, text);
      if (scan.otherSessions) this.add('other-session', 'look at every session', text);
      if (scan.busy)
        this.add('server', 'make tmux search with a pattern that may take for ever', text);
      const hidden = [...scan.variables].find((name) => !isSeenVariable(name));
      if (hidden !== undefined) this.add('reveal', `show the value of ${quoted(hidden)}`, text);
      return !scan.shell && !scan.otherSessions && !scan.busy && hidden === undefined;
    } catch (error) {
      if (!(error instanceof FormatProblem)) throw error;
      throw this.denied('not-understood', `a format is not understood: ${error.message}`, text);
    }
  }
}

/** For reasons: in quotes, not too long. */
export function quoted(text: string): string {
  return `“${clip(text)}”`;
}

function clip(text: string): string {
  return text.length <= MAX_QUOTED ? text : `${text.slice(0, MAX_QUOTED)}…`;
}

function isSeenVariable(name: string): boolean {
  if (isPlainVariable(name)) return true;
  // In formats options have their whole names.
  const option = resolveOption(name);
  return option?.name === name.replace(/\[.*/, '') && isShownOption(option);
}
