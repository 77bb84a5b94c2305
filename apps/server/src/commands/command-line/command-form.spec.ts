import { BUILT_IN_POLICIES, judge, parseCommandLine, type JudgedCommand } from '#tmux-protocol';
import { commandForm, COMMANDS_MAX } from './command-form.js';

function judged(line: string): readonly JudgedCommand[] {
  const verdict = judge(parseCommandLine(line), BUILT_IN_POLICIES.admin, { kind: 'all' });
  if (!verdict.allowed) throw new Error(verdict.reason);
  return verdict.commands;
}

describe(commandForm.name, () => {
  it('tells name, flags, arguments and effects', () => {
    expect(commandForm(judged('splitw -h -t %1 -c /srv'))).toEqual([
      { command: 'split-window', args: ['-h', '-t %1', '-c /srv'], effects: ['create'] },
    ]);
  });

  it.each([
    "send-keys -l 'hunter2'",
    'send -t %1 hunter2 Enter',
    'set-buffer -b x hunter2',
    'set-environment -g TOKEN hunter2',
    'new-window -e TOKEN=hunter2',
    'split-window -e TOKEN=hunter2',
    'new-session -d -e TOKEN=hunter2',
    "bind-key x send-keys 'hunter2'",
    'bind-key x { send-keys hunter2 }',
    "if-shell true 'send-keys hunter2'",
    'if-shell -F 1 { set-buffer hunter2 } { set-environment A hunter2 }',
    "confirm-before -p 'sure?' 'send-keys hunter2'",
    "set-hook -g after-new-window 'send-keys hunter2'",
    "command-prompt -p name 'send-keys hunter2'",
  ])('[K17] keeps nothing that is typed, stored or set by %s', (line) => {
    const form = JSON.stringify(commandForm(judged(line)));
    expect(form).not.toContain('hunter2');
  });

  it('tells nested commands by themselves', () => {
    expect(commandForm(judged("if-shell -F 1 'kill-pane -t %1'"))).toMatchObject([
      { command: 'if-shell', args: ['-F', '1', '{…}'] },
      { command: 'kill-pane', args: ['-t %1'], nested: true },
    ]);
  });

  it('is bounded', () => {
    const form = commandForm(judged(Array(100).fill('list-keys').join(' ; ')));
    expect(form).toHaveLength(COMMANDS_MAX + 1);
    expect(form.at(-1)).toEqual({ more: 100 - COMMANDS_MAX });
    const [long] = commandForm(judged(`display-message '${'x'.repeat(5000)}'`));
    expect(JSON.stringify(long).length).toBeLessThan(1000);
  });
});
