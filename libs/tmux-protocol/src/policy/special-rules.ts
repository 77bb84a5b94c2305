import type { Arg } from '../command-language.js';
import { isModeCommand } from './mode-commands.js';
import { quoted } from './command-case.js';
import type { CommandCase } from './command-case.js';
import { isCostlyPattern } from './format-scan.js';
import { effectsOfSetting, isShownOption, resolveOption } from './options.js';

/** What a rule may ask of the judge. */
export interface Helper {
  /** Whether a value stands for what somebody types, which is judged again when it is known. */
  readonly isTypedLater: (value: string) => boolean;
  /** Judges commands in an argument; gives the argument to run. */
  readonly nested: (arg: Arg) => Arg;
  /** Judges words as commands, as `bind-key` reads them. */
  readonly words: (args: readonly Arg[]) => void;
  /** The same for text that tmux expands before it reads the commands. */
  readonly expanded: (arg: Arg) => Arg;
}

type Rule = (command: CommandCase, help: Helper) => readonly Arg[];

/** Names that every version of tmux has (layout-set.c). */
const LAYOUTS = ['even-horizontal', 'even-vertical', 'main-horizontal', 'main-vertical', 'tiled'];
/** What `sscanf(layout, "%hx,", …)` in layout-custom.c reads: a layout string's checksum. */
const LAYOUT_STRING = /^[0-9a-f]{4},[0-9a-fx,[\]{}]{1,8000}$/i;
const CLIENT_SIZE = /^(?:@\d{1,9}:)?(\d{1,9})[x,](\d{1,9})$/;
/** Most times that `send-keys -N` may repeat (tmux.md §6: millions keep the server busy). */
const MAX_REPEAT = 1_000;
/** Commands of copy mode that take a regular expression (window-copy.c); the others search for text. */
const SEARCHES: readonly string[] = ['search-backward', 'search-forward'];
/** Largest sizes, in cells: what a browser can show. */
export const MAX_SIZE = { width: 500, height: 300 } as const;

/** Judges the arguments and flag values of kind `special`, by command. */
export const SPECIAL_RULES: Readonly<Record<string, Rule>> = {
  'bind-key': (command, { nested, words }) => {
    const [key, ...commands] = command.rest;
    const [first, second] = commands;
    if (key === undefined || first === undefined) return command.rest;
    if (second === undefined) return [key, nested(first)];
    words(commands);
    return command.rest;
  },
  'command-prompt': (command) => {
    const [template] = command.rest;
    // Without -p tmux asks “(name)”, with what it takes for the command's name: all up to a blank or comma.
    if (template?.kind === 'word' && !command.flags.has('p')) {
      command.format(`(${template.value.split(/[ ,]/, 1)[0] ?? ''})`, true);
    }
    return command.rest;
  },
  'display-menu': (command, { nested }) => {
    const args: Arg[] = [];
    for (let at = 0; at < command.rest.length;) {
      const [name, key, commands] = command.rest.slice(at, at + 3);
      if (name === undefined) break;
      if (name.kind === 'word' && name.value === '') {
        args.push(name);
        at++;
        continue;
      }
      if (name.kind === 'block' || key?.kind !== 'word' || commands === undefined) {
        throw command.denied('not-understood', 'a menu is made of names, keys and commands');
      }
      command.format(name.value);
      if (commands.kind === 'word' && /[#%]/.test(commands.value)) {
        command.add('shell', 'expand commands before it reads them', commands.value);
      }
      args.push(name, key, nested(commands));
      at += 3;
    }
    return args;
  },
  'find-window': (command) => {
    const [match = ''] = plainWords(command);
    if (!/^[\w ./-]*$/.test(match)) {
      command.add('shell', 'put the text it looks for into a format', match);
    }
    return command.rest;
  },
  'if-shell': (command) => {
    const [condition] = command.rest;
    if (condition?.kind !== 'word') throw command.denied('not-understood', 'it has no condition');
    if (command.flags.has('F')) command.format(condition.value);
    else command.add('shell', `run the shell command ${quoted(condition.value)}`, condition.value);
    return [condition];
  },
  'refresh-client': (command) => {
    for (const { flag, value = '' } of command.given) {
      if (flag === 'B') throw crash(command, 'a subscription can crash tmux 3.2 to 3.6', value);
      if (flag === 'A') checkPaneFlag(command, value);
      if (flag === 'C') checkClientSize(command, value);
    }
    return command.rest;
  },
  'resize-window': (command) => {
    const grows = ['R', 'D'].find((flag) => command.flags.has(flag));
    // How big the window is by then, nobody knows here.
    if (grows !== undefined) {
      throw command.denied(
        'bounds',
        'it could grow without bounds; give a size with -x or -y',
        `-${grows}`,
      );
    }
    return command.rest;
  },
  'run-shell': (command, { expanded }) => {
    const [first] = command.rest;
    if (first === undefined) return command.rest;
    if (!command.flags.has('b')) command.add('wait', 'wait until the program has ended');
    if (command.flags.has('C')) return [expanded(first)];
    const [text = ''] = plainWords(command);
    command.add('shell', `run the shell command ${quoted(text)}`, text);
    return command.rest;
  },
  'select-layout': (command) => {
    const [layout] = plainWords(command);
    if (layout !== undefined && !LAYOUTS.includes(layout) && !LAYOUT_STRING.test(layout)) {
      throw crash(command, `${quoted(layout)} is no layout, and would crash tmux 3.3`, layout);
    }
    // tmux takes any size a layout has, also one that no memory has room for.
    for (const [, width = '', height = ''] of layout?.matchAll(/(\d+)x(\d+)/g) ?? []) {
      checkSize(command, 'width', width, 1);
      checkSize(command, 'height', height, 1);
    }
    return command.rest;
  },
  'send-keys': (command, { isTypedLater }) => {
    const times = command.given.filter(({ flag }) => flag === 'N').map(({ value }) => value ?? '');
    for (const value of times) {
      if (isTypedLater(value)) continue;
      if (!/^\d{1,9}$/.test(value) || Number(value) > MAX_REPEAT) {
        throw command.denied('bounds', `-N is a number up to ${MAX_REPEAT}`, value);
      }
    }
    const words = plainWords(command);
    if (command.flags.has('X')) judgeModeCommand(command, words);
    else if (command.flags.has('F')) for (const word of words) command.format(word);
    return command.rest;
  },
  'set-environment': (command) => {
    const [, value = ''] = plainWords(command);
    if (command.flags.has('F')) command.format(value);
    return command.rest;
  },
  'set-hook': (command, help) => judgeHook(command, help),
  'set-option': (command, help) => judgeSetting(command, help),
  'set-window-option': (command, help) => judgeSetting(command, help),
  'show-options': (command) => judgeShowing(command),
  'show-window-options': (command) => judgeShowing(command),
};

function plainWords(command: CommandCase): readonly string[] {
  if (command.rest.some(({ kind }) => kind === 'block')) {
    throw command.denied('not-understood', 'it takes no commands in braces');
  }
  return command.words;
}

function crash(command: CommandCase, reason: string, argument: string): Error {
  return command.denied('tmux-crash', reason, argument);
}

/** tmux.md §0 fact 1. */
function checkPaneFlag(command: CommandCase, value: string): void {
  if (value.includes(':off'))
    throw crash(command, 'turning output off can crash tmux 3.2 to 3.6', value);
  if (!/^%\d{1,10}:(?:on|continue|pause)$/.test(value)) {
    throw command.denied('not-understood', '-A is a pane id with :on, :pause or :continue', value);
  }
}

function checkClientSize(command: CommandCase, value: string): void {
  const [, width, height] = CLIENT_SIZE.exec(value) ?? [];
  if (width === undefined || height === undefined) {
    throw command.denied('not-understood', '-C is a size such as 80x24', value);
  }
  checkSize(command, 'width', width, 2);
  checkSize(command, 'height', height, 2);
}

/** @throws DeniedError for sizes that no browser has and that cost tmux and programs dearly */
export function checkSize(
  command: CommandCase,
  side: 'width' | 'height',
  value: string,
  least: number,
): void {
  const most = MAX_SIZE[side];
  const isPercent = value.endsWith('%');
  const size = Number.parseInt(value, 10);
  if (!/^\d{1,9}%?$/.test(value)) {
    throw command.denied('not-understood', `${quoted(value)} is no size`, value);
  }
  if (isPercent ? size > 100 : size < least || size > most) {
    throw command.denied('bounds', `a ${side} is ${least} to ${most} cells`, value);
  }
}

function judgeModeCommand(command: CommandCase, [name = '', ...args]: readonly string[]): void {
  if (!isModeCommand(name)) {
    throw command.denied('not-understood', `${quoted(name)} is no command of copy mode`, name);
  }
  if (/^(?:copy-)?pipe/.test(name)) {
    command.add('shell', `hand the selection to a program`, args.at(-1) ?? name);
  }
  if (SEARCHES.includes(name) && args.some(isCostlyPattern)) {
    command.add('server', 'make tmux search with a pattern that may take for ever', args[0]);
  }
  if (/^(?:copy|append)-/.test(name)) command.add('buffer', 'copy into a paste buffer', name);
  // Copying expands the prefix of the buffer's name; searching, only with -F.
  if (command.flags.has('F') || /^(?:copy|append)-/.test(name)) {
    for (const arg of args) command.format(arg);
  }
}

function judgeHook(command: CommandCase, { nested }: Helper): readonly Arg[] {
  const [name, value] = judgeOptionName(command);
  // set-hook sets any option (cmd-set-option.c).
  checkWindowSize(command, name, value);
  if (command.flags.has('R')) {
    command.add('shell', 'run whatever the hook holds', name);
  }
  if (command.flags.has('g')) command.add('server', 'change a hook of every session', name);
  const [first, second] = command.rest;
  if (first === undefined || second === undefined) return command.rest;
  const option = resolveOption(name);
  if (option !== undefined && option.kind !== 'hook') {
    throw command.denied('not-understood', `${quoted(name)} is no hook; use set-option`, name);
  }
  return [first, nested(second)];
}

function judgeOptionName(command: CommandCase): [name: string, value: Arg | undefined] {
  const [name, value] = command.rest;
  if (name?.kind !== 'word') throw command.denied('not-understood', 'it names no option');
  if (name.value.includes('#')) {
    command.format(name.value);
    command.add('shell', 'expand a format to find the name of an option', name.value);
    command.add('later', 'set an option whose name cannot be known', name.value);
  }
  return [name.value, value];
}

function judgeSetting(command: CommandCase, { nested }: Helper): readonly Arg[] {
  const [name, value] = judgeOptionName(command);
  checkWindowSize(command, name, value);
  const option = resolveOption(name);
  if (command.flags.has('g') || command.flags.has('s')) {
    command.add('other-session', 'set an option of every session', name);
  }
  if (option === undefined) {
    const what = name.startsWith('@')
      ? 'may be read by anything'
      : 'is not known here by this name';
    command.add('later', `set the option ${quoted(name)}, which ${what}`, name);
  } else {
    for (const effect of effectsOfSetting(option.kind)) {
      command.add(effect, `set the option ${quoted(option.name)}`, name);
    }
  }
  if (value === undefined) return command.rest;
  if (value.kind === 'block' || option?.kind === 'hook') {
    command.add('later', 'store commands that run later', name);
    return [...command.rest.slice(0, 1), nested(value)];
  }
  // As for the targets of new windows: with the highest number there is, the next window ends tmux.
  if (option?.name === 'base-index' && /\d{7,}/.test(value.value)) {
    throw command.denied('bounds', 'the index of a window has at most six digits', value.value);
  }
  judgeValue(command, option?.kind === 'drawn', value.value);
  if (
    option !== undefined &&
    /^(?:default-command|command-alias|copy-command|lock-command|editor)$/.test(option.name)
  ) {
    command.add('shell', `store ${quoted(value.value)}, which is run later`, value.value);
  }
  return command.rest;
}

/** A value with `#` is a format wherever tmux draws it; colours such as `#ff8800` are none. */
function judgeValue(command: CommandCase, isDrawn: boolean, value: string): void {
  if (command.flags.has('F')) command.format(value);
  if (!value.replaceAll(/#[0-9a-f]{6}(?![0-9a-f])/gi, '').includes('#')) return;
  const isPlain = isDrawn && command.format(value, true);
  // Drawn values are expanded again where other formats use them, and -a joins what was judged apart.
  if (!isPlain || value.includes('##') || command.flags.has('a') || command.flags.has('F')) {
    command.add('later', 'store a format that is expanded later', value);
  }
}

/** tmux.md §0 fact 4: a global `window-size manual` kills tmux 3.3 to 3.6 at the next new window. */
function checkWindowSize(command: CommandCase, name: string, value: Arg | undefined): void {
  const base = name.replace(/\[.*/, '');
  const mayBeSize =
    base.includes('#') || (base.startsWith('window-si') && 'window-size'.startsWith(base));
  if (!mayBeSize || value === undefined) return;
  const mayBeManual =
    value.kind === 'block' ||
    value.value.trim() === 'manual' ||
    (command.flags.has('F') && value.value.includes('#'));
  if (mayBeManual) {
    throw crash(command, 'a global window-size of manual crashes tmux 3.3 to 3.6', name);
  }
}

function judgeShowing(command: CommandCase): readonly Arg[] {
  const [name] = plainWords(command);
  if (command.flags.has('H')) command.add('reveal', 'show hooks');
  if (name === undefined) {
    command.add('reveal', 'show all options, with commands and paths in them');
    return command.rest;
  }
  if (name.includes('#')) command.format(name);
  const option = resolveOption(name);
  if (option === undefined || !isShownOption(option)) {
    command.add('reveal', `show the option ${quoted(name)}`, name);
  }
  return command.rest;
}
