import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseListKeys } from './list-keys.js';
import type { ListedBinding } from './list-keys.js';

const recorded = readFileSync(join(__dirname, 'fixtures', 'list-keys.out'), 'utf8')
  .trimEnd()
  .split('\n');

function binding(table: string, key: string): ListedBinding | undefined {
  return parseListKeys(recorded).find((found) => found.table === table && found.key === key);
}

const words = (found: ListedBinding | undefined): unknown =>
  found?.commands?.map(({ name, args }) => [
    name,
    ...args.map((arg) => (arg.kind === 'word' ? arg.value : arg.commands.map(({ name }) => name))),
  ]);

describe(parseListKeys.name, () => {
  it('reads every default binding of tmux 3.3a, with its commands', () => {
    const bindings = parseListKeys(recorded);
    expect(bindings).toHaveLength(recorded.length);
    expect(bindings.filter(({ commands }) => commands === undefined)).toEqual([]);
    expect(bindings.filter(({ repeat }) => repeat)).toHaveLength(17);
    expect([...new Set(bindings.map(({ table }) => table))]).toEqual([
      'copy-mode',
      'copy-mode-vi',
      'prefix',
      'root',
    ]);
  });

  it.each(['"', '#', '$', '%', "'", ';', '{', '}', '~', '(', '&', '?', 'Space'])(
    'unquotes the key %s',
    (key) => {
      expect(binding('prefix', key)).toBeDefined();
    },
  );

  it('unquotes keys with a modifier', () => {
    expect(binding('copy-mode', 'M-{')?.command).toBe('send-keys -X previous-paragraph');
  });

  it('takes commands apart', () => {
    expect(words(binding('prefix', '%'))).toEqual([['split-window', '-h']]);
    expect(words(binding('copy-mode', 'WheelUpPane'))).toEqual([
      ['select-pane'],
      ['send-keys', '-X', '-N', '5', 'scroll-up'],
    ]);
    expect(words(binding('prefix', ','))).toEqual([
      ['command-prompt', '-I', '#W', ['rename-window']],
    ]);
    expect(words(binding('root', 'DoubleClick1Pane'))).toEqual([
      ['select-pane', '-t', '='],
      [
        'if-shell',
        '-F',
        '#{||:#{pane_in_mode},#{mouse_any_flag}}',
        ['send-keys'],
        ['copy-mode', 'send-keys', 'run-shell', 'send-keys'],
      ],
    ]);
  });

  it('tells a word ; from a separator by the command that follows', () => {
    const [found] = parseListKeys([
      'bind-key -T t a send-keys \\; x \\; list-keys \\;\\; list-panes',
    ]);
    expect(words(found)).toEqual([['send-keys', ';', 'x'], ['list-keys'], ['list-panes']]);
    const [inner] = parseListKeys(['bind-key -T t a if-shell x { send-keys \\; list-keys }']);
    expect(words(inner)).toEqual([['if-shell', 'x', ['send-keys']]]);
    const [last] = parseListKeys(['bind-key -T t a send-keys \\;']);
    expect(words(last)).toEqual([['send-keys', ';']]);
  });

  it.each([
    'send-keys "~/x"',
    "send-keys 'a\\b\"'",
    'send-keys "a\\n"',
    "if-shell x { y 'a\\b\"' }",
  ])('keeps %j but does not take it apart', (command) => {
    expect(parseListKeys([`bind-key -r -T t a ${command}`])).toEqual([
      { table: 't', key: 'a', repeat: true, command, commands: undefined },
    ]);
  });

  it('reads a quote and a million backslashes, which a pattern would try from every place', () => {
    const command = `display-message "'${'\\\\'.repeat(500_000)}"`;
    const [found] = parseListKeys([`bind-key -T t a ${command}`]);
    expect(words(found)).toEqual([['display-message', `'${'\\'.repeat(500_000)}`]]);
  });

  it('leaves out what is no binding', () => {
    expect(parseListKeys(['', 'x', 'bind-key', 'bind-key -T t', "bind-key -T 't"])).toEqual([]);
  });
});
