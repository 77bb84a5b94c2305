import { FRAME_ACK_MS } from '#dto/constants';
import { FakeEnvironment, settle } from './fake-environment';
import { Receipts } from './receipts';

const FLOW = { windowChars: 1000, ackChars: 100, ackMs: 15_000 };

function create() {
  const environment = new FakeEnvironment();
  const sent: number[] = [];
  const answers: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const receipts = new Receipts({
    environment,
    flow: FLOW,
    send: (received) => {
      sent.push(received);
      return new Promise<void>((resolve, reject) => answers.push({ resolve, reject }));
    },
  });
  const answer = async (): Promise<void> => {
    answers.shift()?.resolve();
    await settle();
  };
  const fail = async (): Promise<void> => {
    answers.shift()?.reject(new Error('no'));
    await settle();
  };
  return { environment, receipts, sent, answer, fail };
}

describe(Receipts.name, () => {
  it('tells what was consumed, not what came, when it is enough', () => {
    const { receipts, sent } = create();
    const consumed = [60, 60, 60].map((size) => receipts.take(size));
    receipts.heard();
    expect(sent).toEqual([]);
    consumed[0]?.();
    consumed[0]?.();
    expect(sent).toEqual([]);
    consumed[2]?.();
    expect(sent).toEqual([120]);
  });

  it('has one request under way, and puts into the next what came meanwhile', async () => {
    const { receipts, sent, answer } = create();
    for (let count = 0; count < 5; count += 1) receipts.take(100)();
    expect(sent).toEqual([100]);
    await answer();
    expect(sent).toEqual([100, 500]);
    await answer();
    expect(sent).toEqual([100, 500]);
  });

  it('tells soon of a frame, once for several, as the next may wait for it', async () => {
    const { environment, receipts, sent, answer } = create();
    for (let count = 0; count < 3; count += 1) {
      receipts.take(10, true)();
      environment.advance(FRAME_ACK_MS / 5);
    }
    expect(sent).toEqual([]);
    environment.advance(FRAME_ACK_MS);
    expect(sent).toEqual([30]);
    await answer();
    environment.advance(10 * FRAME_ACK_MS);
    receipts.take(10)();
    expect(sent).toEqual([30]);
  });

  it('tells when something comes after a long time, however little was consumed', async () => {
    const { environment, receipts, sent, answer } = create();
    receipts.take(1)();
    environment.advance(FLOW.ackMs - 1);
    receipts.heard();
    expect(sent).toEqual([]);
    environment.advance(1);
    receipts.heard();
    expect(sent).toEqual([1]);
    await answer();
    receipts.heard();
    expect(sent).toEqual([1]);
  });

  it('asks for a sign of life by a number that it told before', async () => {
    const { receipts, sent, answer } = create();
    receipts.take(7)();
    receipts.ask();
    await answer();
    expect(sent).toEqual([7, 7]);
    await answer();
    expect(sent).toEqual([7, 7]);
  });

  it('tells again what was not answered, since the server may wait for it', async () => {
    const { environment, receipts, sent, fail, answer } = create();
    receipts.take(100)();
    await fail();
    receipts.take(100)();
    expect(sent).toEqual([100]);
    environment.advance(300);
    await settle();
    expect(sent).toEqual([100, 200]);
    await fail();
    environment.advance(300);
    expect(sent).toHaveLength(2);
    environment.advance(300);
    await settle();
    await answer();
    expect(sent).toEqual([100, 200, 200]);
    receipts.take(100)();
    expect(sent.at(-1)).toBe(300);
  });

  it('tells nothing after its connection, and leaves no timer', async () => {
    const { environment, receipts, sent, fail } = create();
    const consumed = receipts.take(500);
    receipts.ask();
    await fail();
    receipts.close();
    consumed();
    expect(sent).toEqual([0]);
    expect(environment.timers).toEqual([]);
  });
});
