import { Injectable } from '@nestjs/common';
import {
  CommandSyntaxError,
  parseCommandLine,
  parseFlags,
  resolveCommand,
  type CommandSpec,
  type ParsedCommand,
} from '#tmux-protocol';
import type { PaneId, RunResult, UiRequest } from '#dto';
import type { OpenConnection } from '../../events/open-connection.js';
import type { LineCommand } from '../../tmux/command-queue.js';
import { keyBindingCommands, readBindings } from '../../tmux/key-bindings.js';
import { TmuxGateway } from '../../tmux/tmux-gateway.js';
import { paneOf } from '../targets.js';
import {
  BindingNotFoundError,
  CommandDeniedError,
  CommandLineError,
} from './command-line.errors.js';
import { isSafeLayout } from './layout-argument.js';
import { CHANGES_KEYS, ROUTES } from './routes.js';
import { UI_COMMANDS, type UiContext } from './ui-requests.js';
import { wordsOf, withAnswers } from './words.js';

/** One command with its table entry. */
interface ResolvedCommand {
  readonly spec: CommandSpec;
  readonly command: ParsedCommand;
}

/**
 * Runs command lines that people typed and key bindings that tmux holds. The text is read into words, every
 * name is resolved, and what tmux gets is written anew from them: never the text itself (design.md §3.4).
 */
@Injectable()
export class CommandLineService {
  readonly #gateway: TmuxGateway;

  constructor(gateway: TmuxGateway) {
    this.#gateway = gateway;
  }

  /**
   * Runs a typed command line.
   * @param answers replace the placeholders of a prompt's template
   * @throws CommandLineError when it cannot be read; CommandDeniedError; TmuxRejectedError
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
    return this.#run(connection, commands, options.pane);
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
    return this.#run(connection, found.commands ?? [], binding.pane);
  }

  async #run(
    connection: OpenConnection,
    commands: readonly ParsedCommand[],
    wantedPane: PaneId | undefined,
  ): Promise<RunResult> {
    const resolved = commands.map((command) => resolve(command));
    const pane = await this.#focus(connection, wantedPane);
    const context = this.#context(connection, pane);
    const output: string[] = [];
    const ui: UiRequest[] = [];
    for (const { spec, command } of resolved) {
      const route = ROUTES[spec.name];
      const words = wordsOf(command.args);
      const show = UI_COMMANDS[spec.name];
      if (route === 'outside' || prints(spec, command)) {
        output.push(...(await this.#gateway.cli.runInPane([spec.name, ...words], pane)));
      } else if (route === 'ui' && show !== undefined) {
        ui.push(...(await show(command.args, spec.flags, context)));
      } else if (route === 'control') {
        await connection.stream.watched.run(controlLine(spec.name, words, pane));
      }
    }
    if (resolved.some(({ spec }) => CHANGES_KEYS.has(spec.name))) {
      await connection.stream.watched.readKeyBindings();
    }
    return { output, ui };
  }

  /** A key acts on the pane that was typed in, also when tmux has not heard yet that it is the active one. */
  async #focus(connection: OpenConnection, wanted: PaneId | undefined): Promise<PaneId> {
    const { watched } = connection.stream;
    const active = watched.model?.windows.find((window) => window.active)?.activePane;
    if (wanted === undefined || wanted === active) return active ?? '%0';
    const { id } = paneOf(connection, wanted);
    await watched.run([{ words: ['select-pane', '-t', id] }]);
    return id;
  }

  #context(connection: OpenConnection, pane: PaneId): UiContext {
    const { cli } = this.#gateway;
    const expand = async (format: string): Promise<string> => {
      if (!/[#%]/.test(format)) return format;
      const lines = await cli.runInPane(['display-message', '-p', '-t', pane, '--', format], pane);
      return lines.join(' ');
    };
    return {
      pane,
      session: connection.stream.session.name,
      expand,
      sessions: async () => ((await cli.listSessions()) ?? []).map(({ name }) => name),
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

/** Looks every command up before any runs, so that a line is run whole or not at all. */
function resolve(command: ParsedCommand): ResolvedCommand {
  const spec = resolveCommand(command.name);
  if ('error' in spec) {
    const hint = spec.candidates.length > 0 ? `: ${spec.candidates.join(', ')}` : '';
    throw new CommandLineError(`${spec.error} command “${command.name}”${hint}`);
  }
  const route = ROUTES[spec.name] ?? { denied: 'tmuxy does not know it' };
  if (typeof route === 'object') throw new CommandDeniedError(spec.name, route.denied);
  try {
    const { flags, rest } = parseFlags(spec.flags, command.args);
    if (setsManualSize(spec.name, flags.has('F'), wordsOf(rest))) {
      throw new CommandDeniedError(
        spec.name,
        'a global window-size of manual crashes tmux 3.3 to 3.6 at the next new window',
      );
    }
    const [layout] = wordsOf(rest);
    if (spec.name === 'select-layout' && layout !== undefined && !isSafeLayout(layout)) {
      throw new CommandDeniedError(spec.name, `“${layout}” is no layout, and would crash tmux 3.3`);
    }
    const [fewest, most] = spec.args;
    if (rest.length < fewest) throw new CommandSyntaxError('something is missing');
    if (rest.length > most) throw new CommandSyntaxError('there are too many arguments');
  } catch (error) {
    if (!(error instanceof CommandSyntaxError)) throw error;
    throw new CommandLineError(`${spec.name}: ${error.message}`, { cause: error });
  }
  return { spec, command };
}

/**
 * tmux.md §0 fact 4. tmux takes any unique beginning of an option's name, always expands formats in it, and
 * with `-F` in the value as well (cmd-set-option.c).
 */
function setsManualSize(
  name: string,
  expandsValue: boolean,
  [option = '', value = '']: readonly string[],
): boolean {
  if (name !== 'set-option' && name !== 'set-window-option') return false;
  const mayBeSize =
    option.includes('#') || (option.startsWith('window-si') && 'window-size'.startsWith(option));
  const mayBeManual = value === 'manual' || (expandsValue && value.includes('#'));
  return mayBeSize && mayBeManual;
}

/** Commands that print only when asked to by a flag. */
function prints(spec: CommandSpec, command: ParsedCommand): boolean {
  const { flags } = parseFlags(spec.flags, command.args);
  if (spec.name === 'display-message') return flags.has('p');
  const hasPrintFlag = ['break-pane', 'new-window', 'split-window', 'new-pane'].includes(spec.name);
  return (hasPrintFlag && flags.has('P')) || (spec.name === 'send-keys' && flags.has('X'));
}

/** Keys must not end up in a pane's mode, where they could block this client (tmux.md §0 fact 8). */
function controlLine(name: string, words: readonly string[], pane: PaneId): readonly LineCommand[] {
  const line: LineCommand = { words: [name, ...words] };
  const types = name === 'send-keys' || name === 'send-prefix' || name === 'paste-buffer';
  return types ? [{ words: ['copy-mode', '-q', '-t', pane] }, line] : [line];
}
