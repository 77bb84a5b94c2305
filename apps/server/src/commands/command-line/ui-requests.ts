import { parseFlags, type Arg } from '#tmux-protocol';
import type { PaneId, SessionRef, UiRequest } from '#dto';
import { CommandDeniedError } from './command-line.errors.js';
import { wordsOf } from './words.js';

/** What the requests need to know and may ask. */
export interface UiContext {
  readonly pane: PaneId;
  /** Name of the session the browser shows. */
  readonly session: string;
  /** Those that may be seen, in tmux's order. */
  sessions(): Promise<readonly SessionRef[]>;
  /** Lets tmux expand a format for the pane. */
  expand(format: string): Promise<string>;
  /** Creates a session with these arguments; answers its name. */
  createSession(args: readonly string[]): Promise<string>;
}

type UiCommand = (args: readonly Arg[], spec: string, context: UiContext) => Promise<UiRequest[]>;

const DEFAULT_MESSAGE =
  '[#{session_name}] #{window_index}:#{window_name}, current pane #{pane_index} - (%H:%M %d-%b-%y)';

/** The commands that ask a terminal to show something, each as what the browser shows. */
export const UI_COMMANDS: Readonly<Record<string, UiCommand>> = {
  'attach-session': async (args, spec, context) => switchTo(await targetOf(args, spec, context)),

  'choose-tree': (args, spec) => {
    const { flags } = parseFlags(spec, args);
    return one({ kind: 'choose-tree', of: flags.has('s') ? 'sessions' : 'windows' });
  },

  'command-prompt': async (args, spec, context) => {
    const { flags, rest } = parseFlags(spec, args);
    const [template = ''] = wordsOf(rest);
    const initials = split(flags.get('I'));
    const labels = split(flags.get('p'));
    const isOwn = labels.length === 0;
    if (isOwn) labels.push(template === '' ? ':' : `(${firstWord(template)})`);
    const prompts = labels.map(async (label, index) => ({
      // A label that is made of commands is no format of anybody's.
      label: isOwn ? label : await context.expand(label),
      initial: await initialOf(initials[index] ?? '', context),
    }));
    return one({ kind: 'prompt', prompts: await Promise.all(prompts), template });
  },

  'confirm-before': async (args, spec, context) => {
    const { flags, rest } = parseFlags(spec, args);
    const [command = ''] = wordsOf(rest);
    const prompt = flags.get('p');
    const message =
      typeof prompt === 'string'
        ? await context.expand(prompt)
        : `Confirm '${firstWord(command)}'? (y/n)`;
    return one({ kind: 'confirm', message, command });
  },

  'copy-mode': (args, spec, { pane }) => {
    const { flags } = parseFlags(spec, args);
    if (flags.has('q')) return Promise.resolve([]);
    return one({ kind: 'copy-mode', pane, pageUp: flags.has('u') });
  },

  'detach-client': (args, spec) => {
    const { flags } = parseFlags(spec, args);
    if (flags.size > 0) {
      throw new CommandDeniedError('detach-client', 'it acts on other people’s terminals');
    }
    return one({ kind: 'detach' });
  },

  'display-message': async (args, spec, context) => {
    const { flags, rest } = parseFlags(spec, args);
    const format = flags.get('F') ?? wordsOf(rest)[0];
    const text = await context.expand(typeof format === 'string' ? format : DEFAULT_MESSAGE);
    return one({ kind: 'message', text });
  },

  'display-panes': () => one({ kind: 'display-panes' }),
  'find-window': () => one({ kind: 'choose-tree', of: 'windows' }),
  'list-keys': () => one({ kind: 'list-keys' }),

  'new-session': async (args, spec, context) => {
    const { flags } = parseFlags(spec, args);
    const name = await context.createSession(wordsOf(args));
    return flags.has('d') ? [] : switchTo(name);
  },

  'switch-client': async (args, spec, context) => {
    const { flags } = parseFlags(spec, args);
    const table = flags.get('T');
    if (typeof table === 'string') return one({ kind: 'key-table', table });
    if (flags.has('n')) return switchTo(await neighbour(context, 1));
    if (flags.has('p')) return switchTo(await neighbour(context, -1));
    if (flags.has('l')) return one({ kind: 'message', text: 'A browser has no last session.' });
    return switchTo(await targetOf(args, spec, context));
  },
};

const one = (request: UiRequest): Promise<UiRequest[]> => Promise.resolve([request]);
const switchTo = (session: string): UiRequest[] => [{ kind: 'switch-session', session }];
const firstWord = (text: string): string => text.split(' ', 1)[0] ?? text;

function split(value: string | true | undefined): string[] {
  return typeof value === 'string' ? value.split(',') : [];
}

/**
 * What a prompt begins with comes back as the answer, which commands such as `rename-window` expand. A program
 * can name its window `#(…)`: what tmux put in must stay text when somebody just presses Enter.
 */
async function initialOf(format: string, context: UiContext): Promise<string> {
  const text = await context.expand(format);
  return format.includes('#') ? text.replaceAll('#', '##') : text;
}

async function neighbour(context: UiContext, step: 1 | -1): Promise<string> {
  const names = (await context.sessions()).map(({ name }) => name).toSorted();
  const index = names.indexOf(context.session);
  return names.at((index + step) % Math.max(1, names.length)) ?? context.session;
}

/** The session of `-t`, by id, by exact name and then by a beginning that only one has (cmd-find.c). */
async function targetOf(args: readonly Arg[], spec: string, context: UiContext): Promise<string> {
  const target = parseFlags(spec, args).flags.get('t');
  if (typeof target !== 'string') return context.session;
  const wanted = (target.split(':', 1)[0] ?? '').replace(/^=/, '');
  const sessions = await context.sessions();
  // In a limited scope a judged target is an id.
  const exact = sessions.find(({ id, name }) => id === wanted || name === wanted);
  if (exact !== undefined) return exact.name;
  const [match, ...others] = sessions.filter(({ name }) => name.startsWith(wanted));
  if (match !== undefined && others.length === 0) return match.name;
  throw new CommandDeniedError('switch-client', `there is no session “${wanted}”`);
}
