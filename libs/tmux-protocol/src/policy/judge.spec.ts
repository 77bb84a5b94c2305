import { parseCommandLine } from '../command-language.js';
import { COMMANDS } from '../command-table.js';
import { CommandSyntaxError } from '../errors.js';
import { BUILT_IN_POLICIES, mergePolicy } from './built-in.js';
import { COMMAND_RULES } from './command-rules.js';
import { judge, judgeFormat } from './judge.js';
import { resolveOption } from './options.js';
import type { CommandPolicy, CommandScope, Denial, Verdict } from './types.js';

const { viewer, operator, admin } = BUILT_IN_POLICIES;
const ALL: CommandScope = { kind: 'all' };
const ONE: CommandScope = {
  kind: 'sessions',
  current: '$1',
  sessions: [
    {
      id: '$1',
      name: 'mine',
      windows: [
        { id: '@1', index: 0 },
        { id: '@2', index: 1 },
      ],
      panes: ['%1', '%2'],
    },
    { id: '$2', name: 'also', windows: [{ id: '@3', index: 0 }], panes: ['%3'] },
  ],
};

/** `$1` is written by its octal escape. */
const OWN_MOVE = 'move-window "-s" "\\0441:" "-t" "\\0441:9"';

function verdictOf(text: string, policy: CommandPolicy, scope: CommandScope = ALL): Verdict {
  try {
    return judge(parseCommandLine(text), policy, scope);
  } catch (error) {
    if (!(error instanceof CommandSyntaxError)) throw error;
    return { allowed: false, rule: 'syntax', command: '', reason: error.message };
  }
}

function denialOf(text: string, policy: CommandPolicy, scope: CommandScope = ALL): Denial {
  const verdict = verdictOf(text, policy, scope);
  if (verdict.allowed) throw new Error(`allowed: ${text}`);
  return verdict;
}

/** How a judged line is written, when it is allowed. */
function wordsOf(text: string, scope: CommandScope, policy = operator): string[] | string {
  const verdict = verdictOf(text, policy, scope);
  if (!verdict.allowed) return verdict.rule;
  return verdict.commands.flatMap(({ command }) => [
    command.name,
    ...command.args.map((arg) => (arg.kind === 'word' ? arg.value : '{}')),
  ]);
}

/** Hostile lines: the case, the line, the rule that stops an operator. */
const HOSTILE: readonly (readonly [id: string, line: string, rule: string])[] = [
  ['E1', `display-message -p '#(id)'`, 'effect:shell'],
  ['E3', `display-message -p '#{E:#{l:#(id)}}'`, 'effect:shell'],
  ['E7', `display-message -p '#{S:#(id)}'`, 'effect:shell'],
  ['E7', `display-message -p '#{W:#(id)}'`, 'effect:shell'],
  ['E7', `display-message -p '#{P:#(id)}'`, 'effect:shell'],
  ['E9', `list-windows -F '#(id)'`, 'effect:shell'],
  ['E9', `list-sessions -F '#(id)'`, 'effect:shell'],
  ['E9', `list-clients -F '#(id)'`, 'effect:shell'],
  ['E11', `refresh-client -B 'n:%0:#(id)'`, 'tmux-crash'],
  ['E11', `refresh-client -B 'm:@*:#(id)'`, 'tmux-crash'],
  ['E13', `rename-session '#(id)'`, 'effect:shell'],
  ['E13', `new-session -s '#(id)'`, 'effect:shell'],
  ['E15', `new-window -n '#(id)'`, 'effect:shell'],
  ['E15', `new-window -c '#(id)'`, 'effect:shell'],
  ['E15', `new-window -P -F '#(id)'`, 'effect:shell'],
  ['E17', `break-pane -P -F '#(id)'`, 'effect:shell'],
  ['E17', `new-session -d -P -F '#(id)'`, 'effect:shell'],
  ['E17', `new-session -d -c '#(id)'`, 'effect:shell'],
  ['E17', `new-session -d -n '#(id)'`, 'effect:shell'],
  ['E19', `if-shell 'id' ''`, 'effect:shell'],
  ['E19', `if-shell -F 1 'run-shell id'`, 'effect:shell'],
  ['E19', `if-shell -F '#(id)' ''`, 'effect:shell'],
  ['E21', `new-window 'id'`, 'effect:shell'],
  ['E21', `split-window 'id'`, 'effect:shell'],
  ['E21', `respawn-pane -k 'id'`, 'effect:shell'],
  ['E23', `set -g default-command 'id'`, 'effect:shell'],
  ['E25', `set -g automatic-rename-format '#(id)'`, 'effect:later'],
  ['E27', `set-hook -g after-list-panes 'run-shell id'`, 'effect:shell'],
  ['E27', `set-hook -g after-list-panes 'list-keys'`, 'effect:later'],
  ['E29', `set-hook -g @zz 'list-keys'`, 'effect:later'],
  ['E29', `set-hook -R @zz`, 'effect:shell'],
  ['E31', `set -s command-alias[99] 'zz=run-shell'`, 'effect:shell'],
  ['E31', `zz id`, 'not-understood'],
  ['E33', `run id`, 'effect:shell'],
  ['E33', `ru id`, 'effect:shell'],
  ['E33', `if id kill-server`, 'effect:server'],
  ['E33', `neww id`, 'effect:shell'],
  ['E33', `splitw id`, 'effect:shell'],
  ['E33', `respawnp id`, 'effect:shell'],
  ['E33', `pi id`, 'effect:shell'],
  ['E33', `pipep id`, 'effect:shell'],
  ['E33', `sp id`, 'effect:shell'],
  ['E33', `so /tmp/x`, 'effect:file-read'],
  ['E39', `\\162un-shell 'id'`, 'effect:shell'],
  ['E39', `"\\162un-shell" id`, 'effect:shell'],
  ['E39', `"\\u0072un-shell" id`, 'effect:shell'],
  ['E41', `display-message -p $SECRET`, 'syntax'],
  ['E41', `display-message -p "$SECRET"`, 'syntax'],
  ['E41', `display-message -p ~root`, 'syntax'],
  ['E41', `display-message -p '#{SECRET}'`, 'effect:reveal'],
  ['E41', `show-environment -g`, 'effect:reveal'],
  ['E43', 'display-message -p "a\rkill-server"', 'syntax'],
  ['E43', 'display-message -p "a\0kill-server"', 'syntax'],
  ['E45', `Run-Shell id`, 'not-understood'],
  ['E47', `source-file /tmp/x.conf`, 'effect:file-read'],
  ['E47', `source-file '/tmp/*.conf'`, 'effect:file-read'],
  ['E47', `source-file -F /tmp/x.conf`, 'effect:file-read'],
  ['E49', `save-buffer /home/u/.bashrc`, 'effect:file-write'],
  ['E49', `save-buffer -a /home/u/.bashrc`, 'effect:file-write'],
  ['E51', `set -s copy-command 'id'`, 'effect:shell'],
  ['E51', `send-keys -X copy-pipe`, 'effect:shell'],
  ['E51', `send-keys -X copy-pipe-and-cancel id`, 'effect:shell'],
  ['E53', `bind-key -n F5 run-shell id`, 'effect:shell'],
  ['E53', `bind-key -n F5 kill-pane`, 'effect:later'],
  ['E53', `send-keys -K F5`, 'not-understood'],
  ['E55', `display-menu -T '#(id)' a b c`, 'not-understood'],
  ['E55', `display-menu -T '#(id)' a b 'kill-pane'`, 'effect:shell'],
  ['E57', `choose-tree "rename-window '%%'"`, 'effect:shell'],
  ['E59', `kill-server`, 'effect:server'],
  ['E59', `detach-client -a`, 'effect:client'],
  ['E59', `if-shell -F 1 'choose-tree -s ; send-keys Down ; send-keys Enter'`, 'effect:client'],
  ['E59', `lock-server`, 'effect:shell'],
  ['E59', `set -g lock-command id`, 'effect:shell'],
  ['E59', `kill-session -a`, 'built-in operator'],
  ['E63', `resize-window -x 10000 -y 10000`, 'bounds'],
  ['E63', `resize-window -R 9999`, 'bounds'],
  ['E63', `resize-window -D`, 'bounds'],
  ['E63', `refresh-client -C 10000x10000`, 'bounds'],
  ['E63', `refresh-client -C 100000x5`, 'bounds'],
  ['E63', `set history-limit 999999999`, 'effect:server'],
];

describe(judge.name, () => {
  it.each(HOSTILE)('[%s] refuses %s for an operator and a viewer (%s)', (_id, line, rule) => {
    expect(denialOf(line, operator).rule).toBe(rule);
    expect(denialOf(line, viewer).allowed).toBe(false);
    expect(verdictOf(line, operator, ONE).allowed).toBe(false);
  });

  it('[E5] takes an escaped job for the text it is', () => {
    expect(wordsOf(`display-message -p '##(id)'`, ALL)).toEqual([
      'display-message',
      '-p',
      '##(id)',
    ]);
    expect(denialOf(`display-message -p '###(id)'`, operator).rule).toBe('effect:shell');
  });

  it.each([`display-message -p 'a;' run-shell id`, `bind-key x kill-pane \\; run-shell id`])(
    '[E35] reads a word that ends in a semicolon as bind-key does, in %s',
    (line) => {
      expect(verdictOf(line, operator).allowed).toBe(false);
    },
  );

  it('[E35] finds the second command of a binding made of words', () => {
    const verdict = verdictOf(String.raw`bind-key x kill-pane \; run-shell id`, admin);
    if (!verdict.allowed) throw new Error(verdict.reason);
    expect(verdict.commands[0]?.nested?.map(({ spec }) => spec.name)).toEqual([
      'kill-pane',
      'run-shell',
    ]);
  });

  it('[E37] takes a lone semicolon in quotes for an argument', () => {
    expect(wordsOf(`send-keys ';'`, ALL)).toEqual(['send-keys', ';']);
  });

  it.each([
    'other:',
    '{marked}',
    '=',
    '%9999999999',
    '$(id)',
    '../..',
    '-1x',
    '~',
    '',
    '{mouse}',
    'm*',
    'min',
    '=min',
    '$9',
    '@9',
    '%9',
    '%01',
    '$1:0.%9:',
    'mine:*',
  ])('[E61] refuses the target %j of another session', (target) => {
    const { rule, reason } = denialOf(`kill-session -t '${target}'`, operator, ONE);
    expect(rule).toBe('scope');
    // The same words whether it exists or not.
    expect(reason).toBe(denialOf(`kill-session -t '%77'`, operator, ONE).reason);
  });

  it.each([
    ['kill-pane -t %1', ['kill-pane', '-t', '$1:.%1']],
    ['kill-pane -t @3', ['kill-pane', '-t', '$2:@3']],
    ['kill-pane -t $2', ['kill-pane', '-t', '$2:']],
    ['kill-pane -t1', ['kill-pane', '-t', '$1:.1']],
    ['select-pane -t .+', ['select-pane', '-t', '$1:.+']],
    [`select-pane -t '{left-of}'`, ['select-pane', '-t', '$1:.{left-of}']],
    ['select-pane -t :.-', ['select-pane', '-t', '$1:.-']],
    ['select-window -t :1', ['select-window', '-t', '$1:1']],
    ['select-window -t 0', ['select-window', '-t', '$1:0']],
    ['select-window -t !', ['select-window', '-t', '$1:!']],
    ['select-window -t also:0', ['select-window', '-t', '$2:0']],
    ['select-window -t also', ['select-window', '-t', '$2:']],
    ['select-window -t @2', ['select-window', '-t', '$1:@2']],
    ['select-window -t %1', 'scope'],
    ['kill-session -t =also', ['kill-session', '-t', '$2']],
    ['kill-session -t %3', ['kill-session', '-t', '$2']],
    ['switch-client -t also', ['switch-client', '-t', '$2']],
    ['switch-client -n', 'scope'],
    ['list-sessions', 'scope'],
    ['list-windows -a', 'scope'],
    ['list-panes -a', 'scope'],
    ['list-clients', 'scope'],
    ['find-window x', 'scope'],
    ['choose-tree', 'scope'],
    ['show-messages', 'scope'],
    ['set -g status off', 'scope'],
    ['set status off', ['set-option', 'status', 'off']],
    ['list-buffers', 'scope'],
    ['paste-buffer', 'scope'],
    ['join-pane -t %1', 'scope'],
    ['swap-pane -U', ['swap-pane', '-U']],
    ['swap-pane -s %1 -t %2', ['swap-pane', '-s', '$1:.%1', '-t', '$1:.%2']],
    ['display-message -p -t :.%2 x', ['display-message', '-p', '-t', '$1:.%2', 'x']],
    ['display-message -p -t :.%9 x', 'scope'],
    ['set-option -p -t :0.%9 window-style bg=red', 'scope'],
    ['set-option -p -t also:.%1 window-style bg=red', 'scope'],
    ['rename-window -t :@3 x', 'scope'],
    ['rename-window -t :=@3 x', 'scope'],
    ['break-pane', ['break-pane', '-s', '$1:']],
    ['break-pane -s %2', ['break-pane', '-s', '$1:.%2']],
    ['move-window -t 9', ['move-window', '-s', '$1:', '-t', '$1:9']],
    ['link-window -t also:5', ['link-window', '-s', '$1:', '-t', '$2:5']],
    [`if-shell -F 1 'move-window -t 9'`, ['if-shell', '-F', '1', OWN_MOVE]],
    [`display-message -p '#{S:#{session_name}}'`, 'scope'],
    [`display-message -p '#{buffer_sample}'`, 'scope'],
    ['list-keys', ['list-keys']],
    ['if-shell -F 1 { kill-pane -t %9 }', 'scope'],
    ['if-shell -F 1 { send-keys -t %1 M-w }', 'scope'],
    ['if-shell -F 1 { send-prefix }', 'scope'],
    [`if-shell -F 1 'kill-pane -t other:'`, 'scope'],
  ])('keeps %s to the sessions of a limited scope', (line, expected) => {
    expect(wordsOf(line, ONE)).toEqual(expected);
  });

  it.each([
    `if-shell -F 1 "kill-window -t other #"`,
    `if-shell -F 1 "rename-window -t other a ; display-message -p '#S'"`,
    `if-shell -F 1 'if-shell -F 1 "kill-window -t other #"'`,
  ])('writes the targets of nested text also where a # is in it: %s', (line) => {
    const text = wordsOf(line, ONE).at(-1);
    expect(text).toContain('0441:other');
    expect(text).not.toContain('#');
  });

  it('expands no commands in a limited scope, whatever the policy allows', () => {
    for (const line of [`run-shell -bC 'kill-window -t "#S"'`, `confirm-before 'kill-pane #'`]) {
      expect(denialOf(line, admin, ONE).rule).toBe('scope');
    }
  });

  it('says which commands act on the current pane, and writes it into nested ones', () => {
    const verdict = verdictOf(`kill-pane ; if-shell -F 1 'kill-pane'`, operator, ONE);
    if (!verdict.allowed) throw new Error(verdict.reason);
    expect(verdict.commands.map(({ needsTarget }) => needsTarget)).toEqual([true, true]);
    expect(verdict.commands[1]?.command.args.at(-1)).toEqual({
      kind: 'word',
      value: 'kill-pane "-t" "\\0441:"',
    });
  });

  it.each([
    'select-layout bogus',
    'select-layout ""',
    'set -g window-size manual',
    'set -wg window-si manual',
    'setw -g window-size manual',
    `set-hook -g window-size manual`,
    `set -gF window-size '#{l:manual}'`,
    `if-shell -F 1 { select-layout tile }`,
    `if-shell -F 1 'set -g window-size manual'`,
    `bind-key x { if-shell -F 1 { select-layout nope } }`,
    `set-hook -g after-new-window 'select-layout nope'`,
    'refresh-client -A "%1:off"',
    'refresh-client -A "%1:off" -A "%2:on"',
    'confirm-before "select-layout no"',
    `run-shell -C 'select-layout no'`,
  ])('keeps every role from crashing tmux by %s', (line) => {
    expect(denialOf(line, admin).rule).toBe('tmux-crash');
  });

  it.each([
    'split-window -h -t %1',
    `split-window -v -c '#{pane_current_path}'`,
    `command-prompt -I '#W' "rename-window -- '%%'"`,
    `command-prompt -p index "select-window -t ':%%'"`,
    'confirm-before -p "kill-window #W? (y/n)" kill-window',
    'resize-pane -Z',
    'resize-pane -L 5',
    'new-window -t :999999',
    'set base-index 1',
    'select-layout even-horizontal',
    "select-layout 'b25d,80x24,0,0[80x11,0,0,0,80x12,0,12,1]'",
    'set -g status-style bg=#ff8800',
    `set -g status-right '#S %H:%M'`,
    'show-options -g status-style',
    'list-commands',
    'send-keys -N 5 -X cursor-down',
    `send-keys 'a;' '#{pane_id}' '\\$HOME' Enter`,
    'copy-mode -u',
    'send-keys -X search-forward a.*b',
    `send-keys -X search-forward-text '(a)'`,
    'resize-window -A',
    'command-prompt -T target { move-window -t "%%" }',
    'command-prompt -p from,to "swap-window -s %1 -t %2"',
    'confirm-before { detach-client }',
    `display-message -p '#{S:#{session_name}}'`,
    `command-prompt -N -I 1 -p (repeat) { send-keys -N '%%' }`,
    'display-panes',
  ])('allows an operator %s', (line) => {
    expect(verdictOf(line, operator)).toMatchObject({ allowed: true });
    expect(denialOf(line, viewer).rule).toMatch(/^effect:/);
  });

  it.each([
    ['set -g status-right "#(id)"', 'effect:shell'],
    ['set -g status-right "##(id)"', 'effect:later'],
    ['set -ag status-right "(id)#S"', 'effect:later'],
    ['set -g status-ri "#(id)"', 'effect:later'],
    ['set -g @x y', 'effect:later'],
    ['set "#{l:status}" on', 'effect:shell'],
    ['send-keys -N 4294967295 x', 'bounds'],
    ['run-shell -C "list-keys"', 'effect:wait'],
    [`confirm-before 'rename-window "#{pane_title}"'`, 'effect:shell'],
    ['list-windows -F "#{status-format}"', 'effect:reveal'],
    ['capture-pane -p -S "#(id)"', 'not-understood'],
    ['resize-pane -x 501', 'bounds'],
    ['set base-index 2147483647', 'bounds'],
    ['set -g base-i 2147483647', 'bounds'],
    ['new-window -t :2147483647', 'bounds'],
    ['move-window -t +1147483647', 'bounds'],
    ['link-window -s 1 -t 2147483647', 'bounds'],
    ['select-layout b739,9999x9999,0,0,0', 'bounds'],
    ["select-layout '1f2a,80x24,0,0[80x11,0,0,0,80x301,0,12,1]'", 'bounds'],
    ["select-layout '1f2a,0x0,0,0,0'", 'bounds'],
    ['new-session -X', 'built-in operator'],
    ['wait-for x', 'effect:wait'],
    ['split-window -e LD_PRELOAD=/x', 'effect:shell'],
    ['if-shell -F 1 { { kill-pane } }', 'syntax'],
    // tmux cuts prompts at commas, whatever they stand in.
    [`command-prompt -p '#{l:,#(id),}' kill-pane`, 'not-understood'],
    [`command-prompt -I '#(id)' kill-pane`, 'effect:shell'],
    [`command-prompt -p '##%H' kill-pane`, 'not-understood'],
    // What stands for the name in the prompt that nobody wrote.
    [`command-prompt 'kill-pane;#(id)'`, 'effect:shell'],
    [`command-prompt 'kill-pane\t;#{SECRET}'`, 'effect:reveal'],
    ['command-prompt -T kill-server', 'not-understood'],
    ['display-message -c x y', 'not-understood'],
    [`display-message -p '#{S:#{session_name},x}'`, 'not-understood'],
    // On whose terminal, tmux decides.
    ['if-shell -F 1 { detach-client }', 'effect:client'],
    [`if-shell -F 1 'switch-client -t other'`, 'effect:client'],
    ['if-shell -F 1 { refresh-client -C 80x24 }', 'effect:client'],
    ['if-shell -F 1 { confirm-before { if-shell -F 1 { detach-client } } }', 'effect:client'],
    ['run-shell -bC { detach-client }', 'effect:client'],
    ['run-shell -b -d 60 -C kill-pane', 'effect:later'],
    [`send-keys -X search-forward '((a{1,200}){1,200}){1,200}'`, 'effect:server'],
    [`send-keys -X search-backward '(a*)\\1'`, 'effect:server'],
    [`list-panes -F '#(id)' -F x`, 'effect:shell'],
    ['kill-pane { kill-pane }', 'not-understood'],
  ])('refuses an operator %s (%s)', (line, rule) => {
    expect(denialOf(line, operator).rule).toBe(rule);
  });

  it('has rules for every command and every flag with a value, and at least one effect', () => {
    expect(Object.keys(COMMAND_RULES).toSorted()).toEqual(
      COMMANDS.map(({ name }) => name).toSorted(),
    );
    for (const { name, flags, args } of COMMANDS) {
      const rules = COMMAND_RULES[name];
      const withValue = Array.from(flags.matchAll(/(\w):/g), ([, flag]) => flag);
      const known = [...Object.keys(rules?.values ?? {}), ...Object.keys(rules?.refused ?? {})];
      expect({ name, missing: withValue.filter((flag) => !known.includes(flag ?? '')) }).toEqual({
        name,
        missing: [],
      });
      expect(rules?.effects.length).toBeGreaterThan(0);
      expect((rules?.args?.length ?? 0) > 0).toBe(args[1] > 0);
    }
  });

  it('lets a configured rule add and forbid, and says which', () => {
    const merged = mergePolicy(
      operator,
      {
        allow: [{ command: 'run-shell' }],
        deny: [{ effect: 'kill' }, { command: 'split-window', flag: 'f' }],
      },
      'policy.operator',
    );
    expect(verdictOf('run-shell id', merged).allowed).toBe(true);
    expect(denialOf('new-window id', merged).rule).toBe('effect:shell');
    expect(denialOf('kill-pane', merged).rule).toBe('policy.operator.deny[0]');
    expect(denialOf('if-shell -F 1 kill-pane', merged).rule).toBe('policy.operator.deny[0]');
    expect(denialOf('split-window -f', merged)).toMatchObject({ rule: 'policy.operator.deny[1]' });
    expect(verdictOf('split-window -h', merged).allowed).toBe(true);
  });

  it('says what a denied command would do', () => {
    expect(denialOf(`new-window 'rm -rf x'`, operator)).toEqual({
      allowed: false,
      rule: 'effect:shell',
      command: 'new-window',
      argument: 'rm -rf x',
      reason: 'it would run the shell command “rm -rf x”',
    });
  });

  it('refuses an empty line and a NUL in an argument', () => {
    expect(judge([], admin, ALL)).toMatchObject({ allowed: false, rule: 'not-understood' });
    const args = [{ kind: 'word', value: 'a\0b' }] as const;
    expect(judge([{ name: 'send-keys', args }], admin, ALL).allowed).toBe(false);
  });

  it('finds options by unique beginnings over all versions', () => {
    expect(resolveOption('status-sty')?.name).toBe('status-style');
    expect(resolveOption('status-')).toBeUndefined();
    expect(resolveOption('display-panes-color')?.name).toBe('display-panes-colour');
    expect(resolveOption('command-alias[3]')?.kind).toBe('run');
    expect(resolveOption('@x')).toBeUndefined();
  });

  it('judges a format on its own', () => {
    expect(judgeFormat('#S', operator, ONE)).toBeUndefined();
    expect(judgeFormat('#(id)', operator, ONE)?.rule).toBe('effect:shell');
  });
});
