import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { ControlClient, TmuxServer } from '#testing';
import { ControlReader } from './blocks.js';
import type { Block } from './blocks.js';
import { encodeCommandLine, escapeFormat, MAX_ARGUMENTS } from './encode.js';
import type { CommandWords } from './encode.js';

const LINE_END = '\nfinished\n';
const FINISHED: CommandWords = ['display-message', '-p', 'finished'];
const FORBIDDEN = [0x00, 0x0a, 0x0d];
const RUNS = 1_500;

/** Text made of what tmux's parser gives a meaning to. */
const tricky = fc
  .array(
    fc.constantFrom(
      ...Array.from('\'"\\$~#{};%= \t@a0-x,()'),
      '\xff',
      '\x1b',
      '%if',
      '${HOME}',
      '\\015',
    ),
    {
      maxLength: 24,
    },
  )
  .map((parts) => Buffer.from(parts.join(''), 'latin1'));
const anyBytes = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes));
const words: readonly Buffer[] = [
  ...Array.from({ length: 256 }, (_, byte) => Buffer.from([0x61, byte, 0x62])),
  ...Array.from({ length: 256 }, (_, byte) => Buffer.from([byte])),
  ...fc.sample(tricky, { numRuns: RUNS, seed: 1 }),
  ...fc.sample(anyBytes, { numRuns: RUNS, seed: 2 }),
  Buffer.from('x'.repeat(100_000)),
].filter((word) => word.length > 0 && !word.some((byte) => FORBIDDEN.includes(byte)));

describe(encodeCommandLine.name, () => {
  let server: TmuxServer;

  beforeAll(async () => {
    server = await TmuxServer.start();
  });

  afterAll(async () => {
    await server.stop();
  });

  /** Runs lines of commands and gives tmux's replies, one for each command. */
  async function run(lines: readonly (readonly CommandWords[])[]): Promise<Block[]> {
    const client = await ControlClient.attach(server);
    const sent = [...lines, [FINISHED]].map(encodeCommandLine);
    client.send(sent.join(''));
    await client.waitForText(LINE_END);
    const replies: Block[] = [];
    const reader = new ControlReader({
      onEvent: (event) => {
        if (event.kind === 'block' && event.block.fromUs) replies.push(event.block);
      },
    });
    reader.push(await client.close());
    return replies.slice(0, -1);
  }

  it(`hands ${words.length} words to tmux byte for byte (set-buffer, save-buffer)`, async () => {
    // A buffer is the only store that gives raw bytes back; -a appends it to one file.
    const file = join(server.dir, 'words');
    const replies = await run(
      words.map((word): CommandWords[] => [
        ['set-buffer', '-b', 'w', '--', word],
        ['save-buffer', '-a', '-b', 'w', file],
        ['set-buffer', '-b', 'end', '\x01next\x02'],
        ['save-buffer', '-a', '-b', 'end', file],
      ]),
    );
    expect(replies.filter(({ ok }) => !ok)).toEqual([]);
    expect(replies).toHaveLength(words.length * 4);
    const expected = Buffer.concat(words.flatMap((word) => [word, Buffer.from('\x01next\x02')]));
    expect(await readFile(file)).toEqual(expected);
  }, 60_000);

  it('hands words to tmux through options and formats', async () => {
    const printable = words.filter((word) => Buffer.from(word.toString()).equals(word));
    expect(printable.length).toBeGreaterThan(1_500);
    const replies = await run(
      printable.map((word): CommandWords[] => [
        ['set-option', '-g', '--', '@word', word],
        ['display-message', '-p', 'w #{@word}'],
      ]),
    );
    const shown = replies.filter((_, i) => i % 2 === 1).map(({ lines }) => lines[0]);
    expect(shown.map((line) => Buffer.from(line ?? []).toString())).toEqual(
      printable.map((word) => `w ${word.toString()}`),
    );
  }, 60_000);

  it('gives formats that print the text they were made of', async () => {
    const text = fc.array(fc.constantFrom(...Array.from('##{}()[],:?=a é'), '#(', '#{', '}#'), {
      maxLength: 16,
    });
    const texts = fc
      .sample(text, { numRuns: 800, seed: 3 })
      .map((parts) => parts.join(''))
      .filter((sample) => !sample.includes('#['));
    expect(texts.length).toBeGreaterThan(500);
    const replies = await run(
      texts.map((sample): CommandWords[] => [
        ['display-message', '-p', `w ${escapeFormat(sample)}`],
      ]),
    );
    expect(replies.map(({ lines }) => Buffer.from(lines[0] ?? []).toString())).toEqual(
      texts.map((sample) => `w ${sample}`),
    );
  }, 60_000);

  it('runs the commands of a line up to the first that fails', async () => {
    const replies = await run([
      [
        ['display-message', '-p', 'one'],
        ['kill-pane', '-t', '%99'],
        ['display-message', '-p', 'two'],
      ],
    ]);
    expect(replies.map(({ ok }) => ok)).toEqual([true, false]);
  });

  it('takes as many arguments as it allows', async () => {
    const bytes = Array.from({ length: MAX_ARGUMENTS - 2 }, () => '0');
    const [reply] = await run([[['send-keys', '-t', '%0', ...bytes]]]);
    expect(reply?.ok).toBe(true);
  });
});
