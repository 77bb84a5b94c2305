import type { ParsedCommand } from '../command-language.js';
import type { CommandSpec } from '../command-table.js';

/**
 * What running a command can do (tmux.md §6), as policies name it. A command has several, by its flags
 * and arguments; docs/command-policy.md explains each.
 */
export const EFFECTS = [
  /** Shows what is on the screen of the session, or lists its windows and panes. */
  'read',
  /** Shows more than the screen: options, hooks, bindings, environment, messages, clients, prompt history. */
  'reveal',
  /** Changes windows, panes, focus, sizes, modes. */
  'layout',
  /** Names a session, window or pane. */
  'name',
  /** Makes a pane, window or session with the user's shell. */
  'create',
  /** Types into a program. */
  'input',
  /** Reads or changes paste buffers, which all sessions of the tmux server share. */
  'buffer',
  /** Ends a pane, window or session, or throws away history. */
  'kill',
  /** Sets an option that only changes looks or behaviour. */
  'option',
  /** Stores something that is run or expanded later: options that execute, hooks, bindings, environment. */
  'later',
  /** Runs a program: a shell command argument, or `#(…)` in a format. */
  'shell',
  'file-read',
  'file-write',
  /** Acts on other people's clients. */
  'client',
  /** Reaches a session other than those of the scope. */
  'other-session',
  /** Acts on the tmux server as a whole. */
  'server',
  /** May wait for ever. */
  'wait',
] as const;
export type Effect = (typeof EFFECTS)[number];

/** One line of a policy. All that is given must fit; nothing given fits nothing. */
export interface PolicyRule {
  /** Full name of a command. */
  readonly command?: string;
  /** One of its flags, a letter. */
  readonly flag?: string;
  readonly effect?: Effect;
  /** How a denial names this rule: `policy.operator.deny[2]`. The policy's name when absent. */
  readonly name?: string;
}

/**
 * What may be run: a command is allowed when no `deny` rule fits it and each of its effects is allowed
 * by some `allow` rule.
 */
export interface CommandPolicy {
  /** Told in denials: `built-in operator`, `policy.operator.deny[2]`… is made of it. */
  readonly name: string;
  readonly allow: readonly PolicyRule[];
  readonly deny: readonly PolicyRule[];
}

/** What exists for whoever asks. */
export interface ScopedSession {
  readonly id: string;
  readonly name: string;
  readonly windows: readonly { readonly id: string; readonly index: number }[];
  readonly panes: readonly string[];
}

/** The sessions a command may touch. */
export type CommandScope =
  | { readonly kind: 'all' }
  | {
      readonly kind: 'sessions';
      /** The session it is typed in; one of `sessions`. */
      readonly current: string;
      readonly sessions: readonly ScopedSession[];
    };

/** A command that may be run, with what the judge found out about it. */
export interface JudgedCommand {
  readonly spec: CommandSpec;
  /**
   * What to run: the full name, flags one by one and, in a limited scope, targets that begin with the id
   * of a session of the scope, so that they can mean no other one. A nested command is as it was typed
   * where the text around it stays, which is so unless the scope is limited.
   */
  readonly command: ParsedCommand;
  /** Including those of nested commands. */
  readonly effects: ReadonlySet<Effect>;
  /**
   * Every command inside it, however deep: of blocks, command strings and templates. Whoever runs it checks
   * their names against the user's `command-alias` as well.
   */
  readonly nested?: readonly JudgedCommand[];
  /** Whether it names no target where one decides what it acts on, and the scope is limited: add one. */
  readonly needsTarget?: boolean;
}

/** Why a command line may not be run. Everything in it may be shown to whoever typed it. */
export interface Denial {
  readonly allowed: false;
  /** Which rule said no: `not-understood`, `scope`, `effect:shell`, `policy.operator.deny[0]`… */
  readonly rule: string;
  /** Full name of the command, or what was typed for one. */
  readonly command: string;
  /** The argument or flag it is about, when it is about one. */
  readonly argument?: string;
  /** For people: what it would do and why that is not allowed. */
  readonly reason: string;
}

export type Verdict =
  { readonly allowed: true; readonly commands: readonly JudgedCommand[] } | Denial;
