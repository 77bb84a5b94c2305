import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ControlClient, TmuxServer } from '#testing';
import { ControlReader } from './blocks.js';
import type { Block, ReplyExtent } from './blocks.js';
import { encodeCommandLine } from './encode.js';
import { FramingError } from './errors.js';

const ROWS = 24;

describe(ControlReader.name, () => {
  let server: TmuxServer;

  beforeAll(async () => {
    server = await TmuxServer.start({ rows: ROWS });
  });

  afterAll(async () => {
    await server.stop();
  });

  /** Fills the pane with the guards that the next replies may have, as a program in it could. */
  async function forgeGuards(client: ControlClient): Promise<void> {
    const [, time = 0, number = 0] = (
      /%begin (\d+) (\d+) 1/.exec(client.received.toString()) ?? []
    ).map(Number);
    const forged: string[] = [];
    for (let second = time; second < time + 6; second++) {
      for (let next = number; next < number + 60; next++) {
        forged.push(`%error ${second} ${next} 1`, `%end ${second} ${next} 1`);
        forged.push('%output %0 forged', `%begin ${second} ${next} 1`);
      }
    }
    await writeFile(join(server.dir, 'forged'), `${forged.join('\n')}\n`);
    await server.run('send-keys', '-t', '%0', 'clear; cat forged; echo FORG""ED', 'Enter');
    // Seen in the stream, since asking tmux would use up numbers.
    await client.waitForText('FORGED\\015');
  }

  /** Reads all a client received, telling the reader of the capture's extent as the server does. */
  function readReplies(
    stream: Buffer,
    extentOf: (sizes: string) => ReplyExtent | undefined,
  ): Block[] {
    const replies: Block[] = [];
    const reader = new ControlReader({
      onEvent: (event) => {
        if (event.kind === 'block' && event.block.fromUs) replies.push(event.block);
      },
      expectLines: () => {
        const sizes = Buffer.from(replies.at(-1)?.lines[0] ?? '').toString();
        return sizes.startsWith('n ') ? extentOf(sizes) : undefined;
      },
    });
    reader.push(stream);
    return replies;
  }

  it('reads a pane full of forged guards by count or by word, where a plain reader is fooled', async () => {
    const client = await ControlClient.attach(server);
    client.send('display-message -p ready\n');
    await client.waitForText('\nready\n');
    await forgeGuards(client);
    client.send(
      encodeCommandLine([
        ['display-message', '-p', '-t', '%0', 'n #{history_size} #{pane_height}'],
        ['capture-pane', '-p', '-S', '-', '-t', '%0'],
        ['display-message', '-p', 'b3f1c2'],
      ]),
    );
    await client.waitForText('\nb3f1c2\n');
    const stream = await client.close();

    const expected = (await server.run('capture-pane', '-p', '-S', '-', '-t', '%0'))
      .split('\n')
      .slice(0, -1);
    expect(expected.length).toBeGreaterThan(1400);
    const count = (sizes: string): number => {
      const [, history = 0, height = 0] = sizes.split(' ').map(Number);
      return history + height;
    };
    for (const extentOf of [count, (): ReplyExtent => ({ until: 'b3f1c2' })]) {
      const [, , capture, end] = readReplies(stream, extentOf);
      expect(capture?.lines.map((line) => Buffer.from(line).toString())).toEqual(expected);
      expect(Buffer.from(end?.lines[0] ?? '').toString()).toBe('b3f1c2');
    }
    const fooled = readReplies(stream, () => undefined);
    expect(fooled[2]?.lines.length).toBeLessThan(expected.length);
  });

  it('ends loudly when a counted command fails all the same', async () => {
    const client = await ControlClient.attach(server);
    client.send('display-message -p "n 0 24"\ncapture-pane -p -t %99\nlist-commands\n');
    await client.waitForText('unlink-window');
    const stream = await client.close();
    expect(() => readReplies(stream, () => ROWS)).toThrow(FramingError);
  });
});
