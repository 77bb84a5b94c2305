import { parseCommandLine, resolveCommand } from '#tmux-protocol';
import type { SessionRef, UiRequest } from '#dto';
import { CommandDeniedError } from './command-line.errors.js';
import { UI_COMMANDS, type UiContext } from './ui-requests.js';

const sessionsCalled = (...names: readonly string[]): SessionRef[] =>
  names.map((name, index) => ({ id: `$${index}` as const, name }));

const context: UiContext = {
  pane: '%7',
  session: 'work',
  sessions: () => Promise.resolve(sessionsCalled('work', 'alpha', 'zeta', 'alps')),
  expand: (format) => Promise.resolve(`<${format}>`),
  createSession: (args) => Promise.resolve(`made ${args.join(' ')}`),
};

async function ask(line: string, changes: Partial<UiContext> = {}): Promise<UiRequest[]> {
  const [command] = parseCommandLine(line);
  const spec = resolveCommand(command?.name ?? '');
  if (command === undefined || 'error' in spec) throw new Error(`no such command: ${line}`);
  const show = UI_COMMANDS[spec.name];
  if (show === undefined) throw new Error(`nothing to show for ${spec.name}`);
  return show(command.args, spec.flags, { ...context, ...changes });
}

describe('requests to show something', () => {
  it.each<[string, UiRequest]>([
    ['choose-tree', { kind: 'choose-tree', of: 'windows' }],
    ['choose-tree -Zs', { kind: 'choose-tree', of: 'sessions' }],
    ['find-window x', { kind: 'choose-tree', of: 'windows' }],
    ['copy-mode', { kind: 'copy-mode', pane: '%7', pageUp: false }],
    ['copy-mode -eu', { kind: 'copy-mode', pane: '%7', pageUp: true }],
    ['detach-client', { kind: 'detach' }],
    ['display-panes', { kind: 'display-panes' }],
    ['list-keys', { kind: 'list-keys' }],
    ['display-message hello', { kind: 'message', text: '<hello>' }],
    ['display-message -F hello', { kind: 'message', text: '<hello>' }],
    [
      'confirm-before kill-pane',
      { kind: 'confirm', message: `Confirm 'kill-pane'? (y/n)`, command: 'kill-pane' },
    ],
    [
      'confirm-before -p "kill #P?" kill-pane',
      { kind: 'confirm', message: '<kill #P?>', command: 'kill-pane' },
    ],
    ['switch-client -T mine', { kind: 'key-table', table: 'mine' }],
    ['switch-client -t zeta', { kind: 'switch-session', session: 'zeta' }],
    ['switch-client -t =zeta:1', { kind: 'switch-session', session: 'zeta' }],
    ['switch-client -t $3', { kind: 'switch-session', session: 'alps' }],
    ['switch-client -t $2:@4', { kind: 'switch-session', session: 'zeta' }],
    ['switch-client -t ze', { kind: 'switch-session', session: 'zeta' }],
    ['switch-client', { kind: 'switch-session', session: 'work' }],
    ['attach-session -t alpha', { kind: 'switch-session', session: 'alpha' }],
    ['new-session -s fresh', { kind: 'switch-session', session: 'made -s fresh' }],
  ])('%s', async (line, expected) => {
    expect(await ask(line)).toEqual([expected]);
  });

  it.each(['copy-mode -q', 'new-session -d -s fresh'])('%s shows nothing', async (line) => {
    expect(await ask(line)).toEqual([]);
  });

  it.each([
    [
      `command-prompt -p name -I "#W" "rename-window -- '%%'"`,
      [['name', '#W']],
      `rename-window -- '%%'`,
    ],
    [
      `command-prompt -p "from,to" -I "a,b" "swap-window -s '%1' -t '%2'"`,
      [
        ['from', 'a'],
        ['to', 'b'],
      ],
      `swap-window -s '%1' -t '%2'`,
    ],
  ])('%s asks', async (line, fields, template) => {
    const prompts = fields.map(([label, initial]) => ({
      label: `<${label ?? ''}>`,
      initial: `<${(initial ?? '').replaceAll('#', '##')}>`,
    }));
    expect(await ask(line)).toEqual([{ kind: 'prompt', prompts, template }]);
  });

  it.each([
    ['work', '-n', 'zeta'],
    ['work', '-p', 'alps'],
    ['zeta', '-p', 'work'],
    ['alpha', '-p', 'zeta'],
  ])('goes from %s with %s to %s, in the order of names', async (session, flag, expected) => {
    const sessions = (): Promise<SessionRef[]> =>
      Promise.resolve(sessionsCalled('zeta', 'work', 'alps', 'alpha'));
    expect(await ask(`switch-client ${flag}`, { session, sessions })).toEqual([
      { kind: 'switch-session', session: expected },
    ]);
  });

  it.each([
    [`command-prompt`, ':', ''],
    [`command-prompt "rename-window -- '%%'"`, '(rename-window)', `rename-window -- '%%'`],
    [`command-prompt 'kill-pane;#(id)'`, '(kill-pane;#(id))', 'kill-pane;#(id)'],
  ])('%s asks with a label that is no format', async (line, label, template) => {
    const prompts = [{ label, initial: '<>' }];
    expect(await ask(line)).toEqual([{ kind: 'prompt', prompts, template }]);
  });

  it('keeps what tmux put into a prompt from being a format of the answer', async () => {
    const [request] = await ask(`command-prompt -I '#W' "rename-window '%%'"`, {
      expand: () => Promise.resolve('#(touch MARK)'),
    });
    expect(request).toMatchObject({ prompts: [{ initial: '##(touch MARK)' }] });
  });

  it('comes around at the end', async () => {
    expect(await ask('switch-client -n', { session: 'zeta' })).toEqual([
      { kind: 'switch-session', session: 'alpha' },
    ]);
  });

  it.each(['switch-client -t al', 'switch-client -t none', 'attach-session -t none'])(
    'refuses %s, which names no one session',
    async (line) => {
      await expect(ask(line)).rejects.toThrow(CommandDeniedError);
    },
  );

  it.each([
    'detach-client -a',
    'detach-client -s work',
    'detach-client -t /dev/pts/1',
    'detach-client -P',
  ])('refuses %s, which acts on other terminals', async (line) => {
    await expect(ask(line)).rejects.toThrow(CommandDeniedError);
  });
});
