import fc from 'fast-check';
import { ControlClient, TmuxServer } from '#testing';
import { ControlReader } from './blocks.js';
import type { Block } from './blocks.js';
import { encodeParsedCommands, parseCommandLine } from './command-language.js';
import type { ParsedCommand } from './command-language.js';
import { COMMANDS } from './command-table.js';
import { encodeCommandLine } from './encode.js';
import { CommandSyntaxError } from './errors.js';
import { parseListKeys } from './list-keys.js';

const piece = fc.constantFrom(
  ...Array.from('ab \t$~\'"\\;#=%1-{}'),
  ...['é', '日', '%1', '%%', '$1', '"a"', "'b c'", '\\;', '\\"', '\\101', '\\303\\251', '\\u00e9'],
  ...['\\e', ' x ', ' y ', ' ', ' '],
);
const { line } = fc.letrec<{ line: string; command: string }>((tie) => ({
  command: fc.oneof(
    { maxDepth: 3 },
    fc.array(piece, { maxLength: 9 }).map((pieces) => `send-keys -- ${pieces.join('')}`),
    tie('line').map((inner) => `if-shell -F 1 { ${inner} }`),
  ),
  line: fc.array(tie('command'), { minLength: 1, maxLength: 3 }).map((all) => all.join(' ; ')),
}));
const LINES: readonly string[] = fc.sample(line, { numRuns: 12_000, seed: 4 });

/** Whether tmux can bind it: names that exist, and braces only where a command takes them. */
function isBindable({ name, args }: ParsedCommand): boolean {
  const blocks = args.flatMap((arg) => (arg.kind === 'block' ? arg.commands : []));
  if (name === 'send-keys') return args.every(({ kind }) => kind === 'word');
  const isShort = args.length <= 4 && args[2]?.kind === 'block' && args[3]?.kind !== 'word';
  return name === 'if-shell' && isShort && blocks.every(isBindable);
}

/** tmux prints a command without the `--` that ended its flags. */
function withoutDashes({ name, args }: ParsedCommand): ParsedCommand {
  const [first, ...others] = args;
  const kept = first?.kind === 'word' && first.value === '--' ? others : args;
  return {
    name,
    args: kept.map((arg) =>
      arg.kind === 'word' ? arg : { kind: arg.kind, commands: arg.commands.map(withoutDashes) },
    ),
  };
}

describe(parseCommandLine.name, () => {
  let server: TmuxServer;

  beforeAll(async () => {
    server = await TmuxServer.start();
    // Since 3.7 a list of one binding is a message for a terminal and prints nothing.
    await server.run('bind-key', '-T', 't', 'b', 'list-keys');
  });

  afterAll(async () => {
    await server.stop();
  });

  /**
   * What tmux reads in each line, as it prints it back: a binding holds the parsed commands and runs
   * nothing. Undefined for what tmux refuses.
   */
  async function readByTmux(lines: readonly string[]): Promise<(string | undefined)[]> {
    const client = await ControlClient.attach(server);
    const sent = lines.map((text) =>
      encodeCommandLine([
        ['bind-key', '-T', 't', 'a', text],
        ['list-keys', '-T', 't'],
      ]),
    );
    client.send([...sent, 'display-message -p finished\n'].join(''));
    await client.waitForText('\nfinished\n');
    const replies: Block[] = [];
    const reader = new ControlReader({
      onEvent: (event) => {
        if (event.kind === 'block' && event.block.fromUs) replies.push(event.block);
      },
    });
    reader.push(await client.close());
    return lines.map(() => {
      const isBound = replies.shift()?.ok === true;
      return isBound ? Buffer.from(replies.shift()?.lines[0] ?? []).toString() : undefined;
    });
  }

  const accepted = LINES.flatMap((text) => {
    try {
      return [{ text, commands: parseCommandLine(text) }];
    } catch (error) {
      // What we refuse is of no interest here.
      if (error instanceof CommandSyntaxError) return [];
      throw error;
    }
  });

  const bindable = accepted.filter(({ commands }) => commands.every(isBindable));

  it(`means what tmux means in ${accepted.length} of ${LINES.length} random lines`, async () => {
    expect(accepted.length).toBeGreaterThan(1_500);
    const typed = await readByTmux(accepted.map(({ text }) => text));
    const written = await readByTmux(
      accepted.map(({ commands }) => encodeParsedCommands(commands)),
    );
    expect(typed.filter((binding) => binding?.includes(' a ') === true).length).toBeGreaterThan(
      900,
    );
    expect(written).toStrictEqual(typed);
  }, 60_000);

  it(`takes apart ${bindable.length} lists that tmux prints, as they were typed`, async () => {
    expect(bindable.length).toBeGreaterThan(1_000);
    const printed = await readByTmux(bindable.map(({ text }) => text));
    const listed = parseListKeys(printed.map((binding) => binding ?? 'refused by tmux'));
    expect(listed).toHaveLength(bindable.length);
    const pairs = listed.flatMap(({ commands }, i) =>
      commands === undefined
        ? []
        : [{ got: commands, typed: bindable[i]?.commands.map(withoutDashes) }],
    );
    expect(pairs.length).toBeGreaterThan(bindable.length * 0.8);
    expect(pairs.map(({ got }) => got)).toStrictEqual(pairs.map(({ typed }) => typed));
  }, 60_000);

  it('knows the commands and aliases of this tmux', async () => {
    const list = await server.run(
      'list-commands',
      '-F',
      '#{command_list_name} #{command_list_alias}',
    );
    const listed = list.trimEnd().split('\n');
    const known = COMMANDS.map(({ name, alias }) => `${name} ${alias ?? ''}`);
    // Those that only later versions have are known as well, and no others.
    expect(known.filter((one) => listed.includes(one))).toEqual(listed);
  });
});
