import { Injectable } from '@nestjs/common';
import {
  CommandSyntaxError,
  parseCommandLine,
  parseFlags,
  resolveCommand,
  type CommandSpec,
  type JudgedCommand,
  type ParsedCommand,
} from '#tmux-protocol';
import type { PaneId, RunResult, UiRequest } from '#dto';
import { AuditTrail } from '../../audit/audit-trail.service.js';
import type { OpenConnection } from '../../events/open-connection.js';
import { CommandJudge } from '../../policy/command-judge.js';
import { SessionAccess } from '../../policy/session-access.js';
import type { CommandNames } from '../../tmux/command-names.js';
import type { LineCommand } from '../../tmux/command-queue.js';
import { keyBindingCommands, readBindings } from '../../tmux/key-bindings.js';
import { TmuxGateway } from '../../tmux/tmux-gateway.js';
import { ownPane, paneTarget } from '../targets.js';
import {
  BindingNotFoundError,
  CommandDeniedError,
  CommandLineError,
} from './command-line.errors.js';
import { commandForm } from './command-form.js';
import { CHANGES_KEYS, isDrawnHere, ROUTES } from './routes.js';
import { tmuxWords, type DefaultTarget } from './tmux-words.js';
import { UI_COMMANDS, type UiContext } from './ui-requests.js';
import { withAnswers } from './words.js';

/**
 * Runs command lines that people typed and key bindings that tmux holds. The text is read into words, every
 * name is resolved and judged, and what tmux gets is written anew from what was judged: never the text itself
 * (docs/adr/0010).
 */
@Injectable()
export class CommandLineService {
  readonly #gateway: TmuxGateway;
  readonly #judge: CommandJudge;
  readonly #access: SessionAccess;
  readonly #trail: AuditTrail;

  constructor(gateway: TmuxGateway, judge: CommandJudge, access: SessionAccess, trail: AuditTrail) {
    this.#trail = trail;
    this.#gateway = gateway;
    this.#judge = judge;
    this.#access = access;
  }

  /**
   * Runs a typed command line.
   * @param answers replace the placeholders of a prompt's template
   * @throws CommandLineError when it cannot be read; PolicyDeniedError and CommandDeniedError when it may not be
   * run; TmuxRejectedError
   */
  async runText(
    connection: OpenConnection,
    text: string,
    options: {
      readonly pane?: PaneId | undefined;
      readonly answers?: readonly string[] | undefined;
    },
  ): Promise<RunResult> {
    const parsed = parse(text);
    const { answers } = options;
    const commands = answers === undefined ? parsed : withAnswers(parsed, answers);
    return this.#run(connection, commands, options.pane, { from: 'command-line' });
  }

  /** Runs what tmux has bound to a key, as its `list-keys` says now. @throws BindingNotFoundError */
  async runBinding(
    connection: OpenConnection,
    binding: { readonly table: string; readonly key: string; readonly pane?: PaneId | undefined },
  ): Promise<RunResult> {
    const { watched, session } = connection.stream;
    const blocks = await watched.run(keyBindingCommands(session.id));
    const found = readBindings(blocks).find(
      ({ table, key }) => table === binding.table && key === binding.key,
    );
    if (found === undefined) throw new BindingNotFoundError(binding.table, binding.key);
    if (found.commands === undefined) parse(found.command);
    const { table, key } = binding;
    const source = { from: 'key', table, key };
    return this.#run(connection, found.commands ?? [], binding.pane, source);
  }

  async #run(
    connection: OpenConnection,
    commands: readonly ParsedCommand[],
    wantedPane: PaneId | undefined,
    source: Readonly<Record<string, string>>,
  ): Promise<RunResult> {
    for (const command of commands) checkSyntax(command);
    const { identity, stream } = connection;
    const names = await stream.watched.readAliases();
    const judged = await this.#judge.judge(identity, commands, stream.session, isDrawnHere);
    for (const one of judged) checkRuns(one);
    const act = {
      action: 'tmux.command',
      target: {
        session: stream.session.name,
        ...(wantedPane === undefined ? {} : { pane: wantedPane }),
      },
      params: { ...source, commands: commandForm(judged) },
    };
    return this.#trail.around(connection.who, act, () =>
      this.#carryOut(connection, judged, names, wantedPane),
    );
  }

  /** Runs what was judged and recorded. */
  async #carryOut(
    connection: OpenConnection,
    judged: readonly JudgedCommand[],
    names: CommandNames,
    wantedPane: PaneId | undefined,
  ): Promise<RunResult> {
    const { stream } = connection;
    const pane = await this.#focus(connection, wantedPane);
    const target = targetOf(connection, pane);
    const lines = judged.map((one) => tmuxWords(one, target, names));
    const context = this.#context(connection, pane, target);
    const output: string[] = [];
    const ui: UiRequest[] = [];
    for (const [index, { spec, command }] of judged.entries()) {
      const route = ROUTES[spec.name];
      const words = lines[index] ?? [spec.name];
      const show = UI_COMMANDS[spec.name];
      if (route === 'outside' || prints(spec, command)) {
        output.push(...(await this.#gateway.cli.runInPane(words, pane)));
      } else if (route === 'ui' && show !== undefined) {
        ui.push(...(await show(command.args, spec.flags, context)));
      } else if (route === 'control') {
        await stream.watched.run(controlLine(words, typedInto(spec, words) ?? pane));
      }
    }
    if (judged.some(({ spec }) => CHANGES_KEYS.has(spec.name))) {
      await stream.watched.readKeyBindings();
    }
    return { output, ui };
  }

  /** A key acts on the pane that was typed in, also when tmux has not heard yet that it is the active one. */
  async #focus(connection: OpenConnection, wanted: PaneId | undefined): Promise<PaneId> {
    const { watched } = connection.stream;
    const active = watched.model?.windows.find((window) => window.active)?.activePane;
    if (wanted === undefined || wanted === active) return active ?? '%0';
    await watched.run([{ words: ['select-pane', '-t', ownPane(connection, wanted)] }]);
    return wanted;
  }

  #context(connection: OpenConnection, pane: PaneId, target: DefaultTarget): UiContext {
    const { cli } = this.#gateway;
    const expand = async (format: string): Promise<string> => {
      if (!/[#%]/.test(format)) return format;
      // As part of this session: a pane alone may be one of another session that has its window, too.
      const words = ['display-message', '-p', '-t', target.pane, '--', format];
      const lines = await cli.runInPane(words, pane);
      return lines.join(' ');
    };
    return {
      pane,
      session: connection.stream.session.name,
      expand,
      sessions: async () =>
        ((await cli.listSessions()) ?? []).filter(({ name }) =>
          this.#access.canSee(connection.identity, name),
        ),
      createSession: async (args) => {
        const words = ['new-session', '-d', '-E', '-P', '-F', '#{session_name}', ...args];
        return (await cli.runInPane(words, pane))[0] ?? '';
      },
    };
  }
}

function parse(text: string): ParsedCommand[] {
  try {
    return parseCommandLine(text);
  } catch (error) {
    if (!(error instanceof CommandSyntaxError)) throw error;
    throw new CommandLineError(error.message, { cause: error });
  }
}

/** Tells what was mistyped before anything is judged, in words that help to type it right. */
function checkSyntax(command: ParsedCommand): void {
  const spec = resolveCommand(command.name);
  if ('error' in spec) {
    const hint = spec.candidates.length > 0 ? `: ${spec.candidates.join(', ')}` : '';
    throw new CommandLineError(`${spec.error} command “${command.name}”${hint}`);
  }
  try {
    const { rest } = parseFlags(spec.flags, command.args);
    const [fewest, most] = spec.args;
    if (rest.length < fewest) throw new CommandSyntaxError('something is missing');
    if (rest.length > most) throw new CommandSyntaxError('there are too many arguments');
  } catch (error) {
    if (!(error instanceof CommandSyntaxError)) throw error;
    throw new CommandLineError(`${spec.name}: ${error.message}`, { cause: error });
  }
}

/** Refuses what means nothing in a browser; asked of every command before any runs. */
function checkRuns({ spec }: JudgedCommand): void {
  const route = ROUTES[spec.name] ?? { denied: 'tmuxy does not know it' };
  if (typeof route === 'object') throw new CommandDeniedError(spec.name, route.denied);
}

function targetOf(connection: OpenConnection, pane: PaneId): DefaultTarget {
  const { model, session } = connection.stream;
  const isKnown = model?.panes.has(pane) === true;
  return { session: session.id, pane: isKnown ? paneTarget(connection, pane) : `${session.id}:` };
}

/** Commands that print only when asked to by a flag. */
function prints(spec: CommandSpec, command: ParsedCommand): boolean {
  const { flags } = parseFlags(spec.flags, command.args);
  if (spec.name === 'display-message') return flags.has('p');
  const hasPrintFlag = ['break-pane', 'new-window', 'split-window', 'new-pane'].includes(spec.name);
  return (hasPrintFlag && flags.has('P')) || (spec.name === 'send-keys' && flags.has('X'));
}

/** The target that a command names, which may be another pane than the one it was typed in. */
function typedInto(spec: CommandSpec, [, ...words]: readonly string[]): string | undefined {
  const args = words.map((value) => ({ kind: 'word', value }) as const);
  const target = parseFlags(spec.flags, args).flags.get('t');
  return typeof target === 'string' ? target : undefined;
}

/** Keys must not end up in a pane's mode, where they could block this client (tmux.md §0 fact 8). */
function controlLine(
  words: readonly [name: string, ...args: string[]],
  target: string,
): readonly LineCommand[] {
  const [name] = words;
  const types = name === 'send-keys' || name === 'send-prefix' || name === 'paste-buffer';
  return types ? [{ words: ['copy-mode', '-q', '-t', target] }, { words }] : [{ words }];
}
