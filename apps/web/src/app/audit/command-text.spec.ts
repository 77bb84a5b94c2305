import { commandsText } from './command-text';

describe(commandsText.name, () => {
  it('writes commands as they would be typed', () => {
    const commands = [
      { command: 'split-window', args: ['-h', '-l 45%'], effects: ['create'] },
      { command: 'rename-window', args: ['my logs'], effects: [] },
      { command: 'send-keys', args: ['-t %1', '[12 characters]'], effects: ['type'] },
    ];
    expect(commandsText(commands)).toBe(
      'split-window -h -l 45% ; rename-window "my logs" ; send-keys -t %1 [12 characters]',
    );
  });

  it('shows what is inside others, and that there was more', () => {
    const commands = [
      { command: 'if-shell', args: ['true', '{…}'], effects: ['shell'] },
      { command: 'kill-server', args: [], effects: ['kill'], nested: true },
      { more: 3 },
    ];
    expect(commandsText(commands)).toBe('if-shell true {…} ; { kill-server } ; and 3 more');
  });

  it.each([['kill-server'], [[1]], [[{ command: 1, args: [] }]], [null]])('leaves %j', (value) => {
    expect(commandsText(value)).toBeNull();
  });
});
