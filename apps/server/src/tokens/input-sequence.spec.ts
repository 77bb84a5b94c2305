import { INPUT_REORDER_MAX } from '#dto/constants';
import { InvalidRequestError } from '../http/app-error.js';
import { InputSequence } from './input-sequence.js';

const GAP_TIMEOUT_MS = 10_000;

/** A sequence and what it ran, in the order in which it ran. */
function create(): {
  readonly inputs: InputSequence;
  readonly ran: number[];
  send(seq: number): Promise<string | undefined>;
} {
  const inputs = new InputSequence();
  const ran: number[] = [];
  const send = (seq: number): Promise<string | undefined> =>
    inputs.run(seq, () => {
      ran.push(seq);
      return Promise.resolve(`answer ${seq}`);
    });
  return { inputs, ran, send };
}

describe(InputSequence.name, () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('runs what comes in order at once', async () => {
    const { ran, send } = create();
    const answers = [send(1), send(2), send(3)];
    expect(ran).toEqual([1, 2, 3]);
    expect(await Promise.all(answers)).toEqual(['answer 1', 'answer 2', 'answer 3']);
  });

  it('starts in the order of seq, however they come', async () => {
    const { ran, send } = create();
    const answers = [4, 2, 3].map((seq) => send(seq));
    expect(ran).toEqual([]);
    answers.push(send(1));
    expect(ran).toEqual([1, 2, 3, 4]);
    expect(await Promise.all(answers)).toEqual(['answer 4', 'answer 2', 'answer 3', 'answer 1']);
  });

  it('does not wait for an earlier answer', () => {
    const { inputs, ran, send } = create();
    void inputs.run(1, () => new Promise(() => undefined));
    void send(2);
    expect(ran).toEqual([2]);
  });

  it('runs a seq once, whether the first one ran or still waits', async () => {
    const { ran, send } = create();
    const first = send(1);
    const waiting = send(3);
    expect(await send(1)).toBeUndefined();
    expect(await send(3)).toBeUndefined();
    void send(2);
    expect(await first).toBe('answer 1');
    expect(await waiting).toBe('answer 3');
    expect(ran).toEqual([1, 2, 3]);
  });

  it('passes on how each one failed, and goes on', async () => {
    const { inputs, ran, send } = create();
    await expect(inputs.run(1, () => Promise.reject(new Error('no pane')))).rejects.toThrow(
      'no pane',
    );
    void send(2);
    expect(ran).toEqual([2]);
  });

  it('gives up on one that never comes, and on all that was typed after it', async () => {
    const { ran, send } = create();
    void send(1);
    const lost = [send(3), send(4)].map((answer) => answer.catch((error: unknown) => error));
    jest.advanceTimersByTime(GAP_TIMEOUT_MS);
    const errors = await Promise.all(lost);
    expect(errors).toEqual([expect.any(InvalidRequestError), expect.any(InvalidRequestError)]);
    expect(String(errors[0])).toContain('Input 2 did not arrive');
    expect(ran).toEqual([1]);
    void send(5);
    expect(ran).toEqual([1, 5]);
  });

  it('runs neither the lost one nor those after it when they come too late', async () => {
    const { ran, send } = create();
    send(2).catch(() => undefined);
    jest.advanceTimersByTime(GAP_TIMEOUT_MS);
    expect(await Promise.all([send(1), send(2)])).toEqual([undefined, undefined]);
    expect(ran).toEqual([]);
  });

  it('counts the time from when the gap appeared, also while typing goes on', async () => {
    const { send } = create();
    const waiting = send(2).catch((error: unknown) => error);
    jest.advanceTimersByTime(GAP_TIMEOUT_MS - 1);
    const later = send(3).catch((error: unknown) => error);
    jest.advanceTimersByTime(1);
    expect(await Promise.all([waiting, later])).toEqual([
      expect.any(InvalidRequestError),
      expect.any(InvalidRequestError),
    ]);
  });

  it('counts anew for the next gap', () => {
    const { ran, send } = create();
    void send(2);
    send(4).catch(() => undefined);
    jest.advanceTimersByTime(GAP_TIMEOUT_MS - 1);
    void send(1);
    jest.advanceTimersByTime(GAP_TIMEOUT_MS - 1);
    void send(3);
    expect(ran).toEqual([1, 2, 3, 4]);
  });

  it('lets a bounded number wait, and always the one that is missing', () => {
    const { ran, send } = create();
    const last = INPUT_REORDER_MAX + 1;
    for (let seq = 2; seq <= last; seq += 1) void send(seq);
    expect(() => send(last + 1)).toThrow(InvalidRequestError);
    expect(ran).toEqual([]);
    void send(1);
    expect(ran).toHaveLength(last);
  });

  it('abandons what waits when the stream ends, and leaves no timer behind', async () => {
    const { inputs, ran, send } = create();
    const waiting = send(2);
    inputs.close();
    await expect(waiting).rejects.toThrow('The connection has ended.');
    expect(jest.getTimerCount()).toBe(0);
    expect(ran).toEqual([]);
  });
});
