import { readFileSync } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { ControlClient, TmuxServer } from '#testing';
import { ControlReader } from '../blocks.js';
import type { Block } from '../blocks.js';
import { encodeParsedCommands, parseCommandLine } from '../command-language.js';
import { COMMANDS } from '../command-table.js';
import { encodeCommandLine } from '../encode.js';
import type { CommandWords } from '../encode.js';
import { CommandSyntaxError } from '../errors.js';
import { BUILT_IN_POLICIES } from './built-in.js';
import { scanFormat } from './format-scan.js';
import { FormatProblem } from './format-syntax.js';
import { judge } from './judge.js';
import type { CommandPolicy, JudgedCommand } from './types.js';

const { operator, admin } = BUILT_IN_POLICIES;
const LINES_TRIED = 40_000;
const FORMATS_TRIED = 20_000;

const value = fc.constantFrom(
  ...['1', '5', '-5', '80', '%1', '@1', '$1', ':1', '.+', '=x:1', "'{last}'", '50%', 'x', 'a.b'],
  ...["''", "';'", "'a;'", "'a b'", '"\\$HOME"', "'#{pane_id}'", '"#S"', "'#(id)'", "'~'", '\\;'],
  ...[
    '"a\\"b"',
    '\\101',
    '\\e',
    'é',
    '日本',
    'status-style',
    'status',
    'on',
    'tiled',
    '"kill-pane"',
  ],
  ...["'kill-pane ; list-keys'", '{ kill-pane }', '{ kill-pane ; list-keys -1 }', '-', '--', '-x'],
  ...['$HOME', '~', '#x', '%if', '"', "'", '}', '\\'],
);
const command = fc.constantFrom(...COMMANDS).chain((spec) => {
  const flags = Array.from(spec.flags.matchAll(/(\w)(:*)/g), ([, flag = '', colon = '']) =>
    colon === ''
      ? fc.constant(`-${flag}`)
      : fc.tuple(fc.constantFrom(' ', ''), value).map(([gap, word]) => `-${flag}${gap}${word}`),
  );
  const flag = flags.length === 0 ? fc.constant('-z') : fc.oneof(...flags);
  const name = fc.constantFrom(
    ...[spec.name, spec.name, spec.alias ?? spec.name, spec.name.slice(0, -2), `'${spec.name}'`],
  );
  return fc
    .tuple(name, fc.array(flag, { maxLength: 3 }), fc.array(value, { maxLength: 3 }))
    .map(([word, given, rest]) => [word, ...given, ...rest].join(' '));
});
const line = fc
  .array(command, { minLength: 1, maxLength: 2 })
  .map((commands) => commands.join(' ; '));
const LINES: readonly string[] = fc.sample(line, { numRuns: LINES_TRIED, seed: 7 });

function judged(text: string, policy: CommandPolicy): readonly JudgedCommand[] | undefined {
  try {
    const verdict = judge(parseCommandLine(text), policy, { kind: 'all' });
    return verdict.allowed ? verdict.commands : undefined;
  } catch (error) {
    if (error instanceof CommandSyntaxError) return undefined;
    throw error;
  }
}

/** Pieces of formats; DIR is where the jobs leave their mark. */
const formatPiece = fc.constantFrom(
  ...['#(touch DIR/ran)', '#', '##', '(touch DIR/ran)', '#{', '}', ',', ':', '?', '#,', '#}', '#['],
  ...['pane_id', '#{pane_id}', '#{?1,', '#{l:', '#{E:', '#{T:', '#{W:', '#{P:', '#{S:', '#{==:'],
  ...[
    '#{s|0|##(touch DIR/ran)|:window_index}',
    '#{=5:',
    '%',
    '%H',
    '%p',
    '%%',
    '#{m:',
    '#{q:',
    'x',
  ],
  ...['#S', '#{window_name}', '#{n:', '#{||:', 'a', '1'],
);
const format = fc.array(formatPiece, { minLength: 1, maxLength: 8 }).map((all) => all.join(''));
/** Each runs its job: that the marks are seen at all. */
const RUNNING = [
  '#(touch DIR/1)',
  '#{E:#{l:#(touch DIR/2)}}',
  '#{W:#(touch DIR/3)}',
  '#{s|0|##(touch DIR/4)|:window_index}',
  '#{?1,#(touch DIR/5),#(touch DIR/5)}',
  '###(touch DIR/6)',
  '#{T:#{l:#(touch DIR/7)}}',
];

describe('what is judged against a real tmux', () => {
  let server: TmuxServer;

  beforeAll(async () => {
    server = await TmuxServer.start();
    // Since 3.7 a list of one binding is a message for a terminal and prints nothing.
    await server.run('bind-key', '-T', 't', 'b', 'list-keys');
  });

  afterAll(async () => {
    await server.stop();
  });

  async function run(lines: readonly (readonly CommandWords[])[]): Promise<Block[]> {
    const client = await ControlClient.attach(server);
    const sent = lines.map((words) => encodeCommandLine(words));
    client.send([...sent, 'display-message -p finished\n'].join(''));
    await client.waitForText('\nfinished\n');
    const replies: Block[] = [];
    const reader = new ControlReader({
      onEvent: (event) => {
        if (event.kind === 'block' && event.block.fromUs) replies.push(event.block);
      },
    });
    reader.push(await client.close());
    return replies;
  }

  /** What tmux holds of each line when it is bound to a key, which runs nothing. */
  async function readByTmux(lines: readonly string[]): Promise<(string | undefined)[]> {
    const replies = await run(
      lines.map((text): CommandWords[] => [
        ['bind-key', '-T', 't', 'a', text],
        ['list-keys', '-T', 't'],
      ]),
    );
    return lines.map(() => {
      const isBound = replies.shift()?.ok === true;
      return isBound ? Buffer.from(replies.shift()?.lines[0] ?? []).toString() : undefined;
    });
  }

  const accepted = LINES.flatMap((text) => {
    const commands = judged(text, admin);
    return commands === undefined ? [] : [{ text, commands: commands.map((one) => one.command) }];
  });

  it(`writes ${accepted.length} of ${LINES.length} lines as tmux reads them`, async () => {
    expect(accepted.length).toBeGreaterThan(1_000);
    const typed = await readByTmux(accepted.map(({ text }) => text));
    const written = await readByTmux(accepted.map((one) => encodeParsedCommands(one.commands)));
    expect(typed.filter((binding) => binding?.includes(' a ') === true).length).toBeGreaterThan(
      900,
    );
    // The `--` before an argument that looks like a flag is printed by no version.
    expect(written).toStrictEqual(typed);
  }, 60_000);

  async function exists(name: string): Promise<boolean> {
    try {
      await access(join(server.dir, name));
      return true;
    } catch {
      // Only a missing file is expected here, and nothing else can be told from it.
      return false;
    }
  }

  /** Runs these until a job of theirs has left a file: a client that goes takes jobs with it that have just begun. */
  async function runUntil(name: string, lines: readonly CommandWords[][]): Promise<void> {
    const deadline = Date.now() + 20_000;
    do {
      if (Date.now() > deadline) throw new Error(`no job left ${name}`);
      await run(lines);
      await server.run('run-shell', 'true');
    } while (!(await exists(name)));
  }

  const harmless = fc.sample(format, { numRuns: FORMATS_TRIED, seed: 9 }).filter((text) => {
    try {
      return !scanFormat(text, true).shell;
    } catch (error) {
      if (error instanceof FormatProblem) return false;
      throw error;
    }
  });

  it(`[E1] runs no job in ${harmless.length} of ${FORMATS_TRIED} formats`, async () => {
    expect(harmless.length).toBeGreaterThan(400);
    const formats = harmless.map((text) => text.replaceAll('DIR', server.dir));
    await run(
      formats.map((text): CommandWords[] => [
        ['display-message', '-p', '--', text],
        ['list-windows', '-F', text],
      ]),
    );
    // Jobs start in order; the last one shows that the earlier ones had their turn.
    await runUntil('last', [[['display-message', '-p', `#(touch ${server.dir}/last)`]]]);
    expect(await exists('ran')).toBe(false);
  }, 60_000);

  it('[E3] sees the jobs of the formats that have some', async () => {
    for (const text of RUNNING) expect(scanFormat(text).shell).toBe(true);
    const lines = RUNNING.map((text): CommandWords[] => [
      ['display-message', '-p', '--', text.replaceAll('DIR', server.dir)],
    ]);
    for (const number of ['1', '2', '3', '4', '5', '6', '7']) await runUntil(number, lines);
  }, 60_000);

  const corpus = readFileSync(join(__dirname, '../fixtures/real-world.conf'), 'utf8')
    .split('\n')
    .filter((text) => text !== '' && !text.startsWith('#'));
  const share = (policy: CommandPolicy): readonly string[] =>
    corpus.filter((text) => judged(text, policy) !== undefined);
  const [byAdmin, byOperator] = [share(admin), share(operator)];

  it(`means what tmux means in ${corpus.length} real lines; admin ${byAdmin.length}, operator ${byOperator.length}`, async () => {
    expect(corpus.length).toBeGreaterThan(150);
    expect(byAdmin.length / corpus.length).toBeGreaterThan(0.7);
    const typed = await readByTmux(byAdmin);
    const written = await readByTmux(
      byAdmin.map((text) =>
        encodeParsedCommands((judged(text, admin) ?? []).map((one) => one.command)),
      ),
    );
    expect(written).toStrictEqual(typed);
    expect(typed.filter((binding) => binding === undefined)).toEqual([]);
  }, 60_000);

  it('sends typed text exactly', async () => {
    const words = ['a;', ';', '#{pane_id}', '$HOME', '##(id)', '~', '\u00ff'];
    const args = ['-l', '--', ...words].map((word) => ({ kind: 'word', value: word }) as const);
    const verdict = judge([{ name: 'send', args }], operator, { kind: 'all' });
    if (!verdict.allowed) throw new Error(verdict.reason);
    const written = encodeParsedCommands(verdict.commands.map((one) => one.command));
    expect(parseCommandLine(written)).toStrictEqual([
      { name: 'send-keys', args: args.filter((arg) => arg.value !== '--') },
    ]);
    const file = join(server.dir, 'typed');
    await server.run('send-keys', `cat > ${file}`, 'Enter');
    await run([[['run-shell', '-C', written]], [['send-keys', '-t', '%0', 'Enter', 'C-d']]]);
    await waitForText(file, `${words.join('')}\n`);
  }, 60_000);

  async function waitForText(file: string, text: string): Promise<void> {
    const deadline = Date.now() + 10_000;
    let found = '';
    while (found !== text) {
      if (Date.now() > deadline) throw new Error(`${JSON.stringify(found)} was typed`);
      await server.run('run-shell', 'true');
      found = await readFile(file, 'utf8').catch(() => '');
    }
  }
});
