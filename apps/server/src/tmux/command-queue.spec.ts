import type { Block } from '#tmux-protocol';
import { CommandQueue, type LineCommand } from './command-queue.js';
import { TmuxRejectedError, TmuxUnavailableError } from './tmux.errors.js';

const command = (name: string, rest: Partial<LineCommand> = {}): LineCommand => ({
  words: [name],
  ...rest,
});
const block = (text: string, ok = true): Block => ({
  time: 1,
  number: 1,
  flags: 1,
  fromUs: true,
  ok,
  lines: text === '' ? [] : text.split('\n').map((line) => Buffer.from(line)),
});
const caught = (promise: Promise<unknown>): Promise<unknown> =>
  promise.catch((error: unknown) => error);

describe(CommandQueue.name, () => {
  it('gives each line the blocks that follow, one for each of its commands', async () => {
    const queue = new CommandQueue();
    const first = queue.add([command('a'), command('b')], 0);
    const second = queue.add([command('c')], 0);
    const blocks = ['1', '2', '3'].map((text) => block(text));
    for (const reply of blocks) expect(queue.settle(reply)).toBe(true);
    expect(await first).toEqual(blocks.slice(0, 2));
    expect(await second).toEqual(blocks.slice(2));
    expect(queue.isEmpty).toBe(true);
  });

  it('drops the rest of a line whose command failed, and goes on with the next line', async () => {
    const queue = new CommandQueue();
    const failed = caught(queue.add([command('a'), command('b'), command('c')], 0));
    const next = queue.add([command('d')], 0);
    queue.settle(block('fine'));
    queue.settle(block('can’t find pane: %9\nreally', false));
    queue.settle(block('d'));
    const error = await failed;
    expect(error).toBeInstanceOf(TmuxRejectedError);
    expect(error).toMatchObject({ message: 'can’t find pane: %9\nreally', delivery: 'answered' });
    expect((await next).map(({ lines }) => String(lines[0]))).toEqual(['d']);
  });

  it('has words of its own when tmux has none', async () => {
    const queue = new CommandQueue();
    const failed = caught(queue.add([command('a')], 0));
    queue.settle(block('', false));
    expect(await failed).toMatchObject({ message: 'tmux refused the command.' });
  });

  it('does not take a block that nothing asked for', () => {
    expect(new CommandQueue().settle(block('?'))).toBe(false);
  });

  it('calls back while the reader stands right after the last reply', () => {
    const queue = new CommandQueue();
    const seen: string[] = [];
    void queue.add([command('a'), command('b')], 0, (blocks) =>
      seen.push(`replied ${blocks.length}`),
    );
    queue.settle(block('1'));
    expect(seen).toEqual([]);
    queue.settle(block('2'));
    seen.push('later output');
    expect(seen).toEqual(['replied 2', 'later output']);
  });

  it('fails the line whose reply cannot be read, and tells the reader', async () => {
    const queue = new CommandQueue();
    const cause = new Error('no such layout');
    const failed = caught(
      queue.add([command('a')], 0, () => {
        throw cause;
      }),
    );
    expect(() => queue.settle(block('a'))).toThrow(cause);
    expect(await failed).toBeInstanceOf(TmuxUnavailableError);
    expect(await failed).toMatchObject({ delivery: 'answered', cause });
  });

  it('says how the next reply is to be read, from the replies before it', () => {
    const queue = new CommandQueue();
    const lines = jest.fn((earlier: readonly Block[]) => earlier[0]?.lines.length);
    void queue.add([command('a'), command('b', { lines }), command('c', { until: 'word' })], 0);
    expect(queue.expectation()).toBeUndefined();
    queue.settle(block('x\ny\nz'));
    expect(queue.expectation()).toBe(3);
    queue.settle(block('b'));
    expect(queue.expectation()).toEqual({ until: 'word' });
    queue.settle(block('c'));
    expect(queue.expectation()).toBeUndefined();
  });

  it('knows since when the oldest line waits', () => {
    const queue = new CommandQueue();
    expect(queue.oldestSentAt).toBeUndefined();
    void queue.add([command('a')], 5);
    void queue.add([command('b')], 9);
    expect(queue.oldestSentAt).toBe(5);
    queue.settle(block('a'));
    expect(queue.oldestSentAt).toBe(9);
  });

  it('fails everything when the client is gone, not knowing whether tmux ran it', async () => {
    const queue = new CommandQueue();
    const errors = [queue.add([command('a'), command('b')], 0), queue.add([command('c')], 0)].map(
      caught,
    );
    queue.settle(block('a'));
    queue.fail('tmux left');
    for (const error of await Promise.all(errors)) {
      expect(error).toBeInstanceOf(TmuxUnavailableError);
      expect(error).toMatchObject({ message: 'tmux left', delivery: 'unknown' });
    }
    expect(queue.isEmpty).toBe(true);
    expect(queue.settle(block('late'))).toBe(false);
  });
});
