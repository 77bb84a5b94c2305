import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { INPUT_MAX_BYTES, PASTE_MAX_BYTES } from '#dto/constants';
import type { Commands } from '#dto';
import { StreamBudget } from '../tabs/stream-budget';
import { Notices } from '../ui/notices';
import { ApiError } from './api-error';
import { InputQueue } from './input-queue';
import { SessionStore } from './session-store';

interface Sent {
  readonly args: Commands['send-input']['args'];
  readonly answer: () => Promise<void>;
  readonly fail: () => Promise<void>;
  readonly lose: () => Promise<void>;
}

function createQueue(requestsMax = 4) {
  const sent: Sent[] = [];
  const messages: string[] = [];
  const canType = signal(true);
  const connectionId = signal('c1');
  const connection = signal({ status: 'live' });
  const store = {
    canType,
    connection,
    readOnlyReason: () => null,
    info: () => ({ connectionId: connectionId() }),
    run: (_cmd: string, args: Commands['send-input']['args']) =>
      new Promise<null>((resolve, reject) => {
        const flush = (): Promise<void> => new Promise((done) => setTimeout(done));
        sent.push({
          args,
          lose: () => (
            reject(new ApiError('no answer', { status: 0, code: 'unavailable' })),
            flush()
          ),
          answer: () => (resolve(null), flush()),
          fail: () => (
            reject(new ApiError('no such pane', { status: 404, code: 'not-found' })),
            flush()
          ),
        });
      }),
  };
  TestBed.configureTestingModule({
    providers: [
      InputQueue,
      { provide: SessionStore, useValue: store },
      { provide: StreamBudget, useValue: { requestsMax: () => requestsMax } },
      {
        provide: Notices,
        useValue: { push: (n: { message: string }) => messages.push(n.message) },
      },
    ],
  });
  return { queue: TestBed.inject(InputQueue), sent, messages, canType, connection, connectionId };
}

describe(InputQueue.name, () => {
  it('sends at once while few requests are under way, numbered from 1', () => {
    const { queue, sent } = createQueue();
    for (const key of 'abcd') queue.send('%1', key);
    expect(sent.map(({ args }) => args)).toEqual([
      { pane: '%1', data: 'a', seq: 1 },
      { pane: '%1', data: 'b', seq: 2 },
      { pane: '%1', data: 'c', seq: 3 },
      { pane: '%1', data: 'd', seq: 4 },
    ]);
  });

  it('sends what waits in one piece per pane, in order', async () => {
    const { queue, sent } = createQueue();
    for (const key of 'abcdefg') queue.send('%1', key);
    queue.send('%2', 'x');
    queue.send('%1', 'h');
    expect(sent).toHaveLength(4);
    await sent[0]?.answer();
    await sent[2]?.answer();
    await sent[1]?.answer();
    expect(sent.slice(4).map(({ args }) => args)).toEqual([
      { pane: '%1', data: 'efg', seq: 5 },
      { pane: '%2', data: 'x', seq: 6 },
      { pane: '%1', data: 'h', seq: 7 },
    ]);
  });

  it('splits what is longer than the server takes, between characters', async () => {
    const { queue, sent } = createQueue();
    const text = `a${'😀'.repeat(INPUT_MAX_BYTES / 2)}`;
    queue.send('%1', text);
    for (const request of sent) await request.answer();
    expect(sent.map(({ args }) => args.data).join('')).toBe(text);
    for (const { args } of sent) {
      expect(new TextEncoder().encode(args.data).length).toBeLessThanOrEqual(INPUT_MAX_BYTES);
      expect(args.data).not.toMatch(/[\ud800-\udfff]/u);
    }
  });

  it('says once that keys did not get through, and again after success', async () => {
    const { queue, sent, messages } = createQueue();
    queue.send('%1', 'a');
    queue.send('%1', 'b');
    await sent[0]?.fail();
    await sent[1]?.fail();
    expect(messages).toEqual(['Typing did not get through: no such pane']);
    queue.send('%1', 'c');
    await sent[2]?.answer();
    queue.send('%1', 'd');
    await sent[3]?.fail();
    expect(messages).toHaveLength(2);
  });

  it('refuses while nothing can be typed, with one notice for each reason', () => {
    const { queue, sent, messages, canType, connection } = createQueue();
    canType.set(false);
    expect(queue.send('%1', 'a')).toBe(false);
    expect(queue.send('%1', 'b')).toBe(false);
    connection.set({ status: 'reconnecting' });
    expect(queue.send('%1', 'a')).toBe(false);
    expect(sent).toEqual([]);
    expect(messages).toEqual([
      'Typing did not get through: you may only watch this session',
      'Typing did not get through: not connected',
    ]);
  });

  it('sends again, with the same number, what got no answer', async () => {
    const { queue, sent, messages } = createQueue();
    queue.send('%1', 'a');
    await sent[0]?.lose();
    expect(sent.map(({ args }) => args)).toEqual([
      { pane: '%1', data: 'a', seq: 1 },
      { pane: '%1', data: 'a', seq: 1 },
    ]);
    await sent[1]?.lose();
    expect(sent).toHaveLength(2);
    expect(messages).toEqual(['Typing did not get through: no answer']);
  });

  it('sends a paste alone, between what was typed before and after it', async () => {
    const { queue, sent } = createQueue();
    queue.send('%1', 'a');
    queue.paste('%1', 'x\r\ny\rz');
    queue.send('%1', 'b');
    expect(sent).toHaveLength(1);
    await sent[0]?.answer();
    expect(sent[1]?.args).toEqual({ pane: '%1', data: 'x\ny\nz' });
    expect(sent).toHaveLength(2);
    await sent[1]?.answer();
    expect(sent[2]?.args).toEqual({ pane: '%1', data: 'b', seq: 2 });
  });

  it('refuses a paste the server would not take', () => {
    const { queue, sent, messages } = createQueue();
    expect(queue.paste('%1', 'x'.repeat(PASTE_MAX_BYTES + 1))).toBe(false);
    expect(sent).toEqual([]);
    expect(messages).toEqual(['Not pasted: it is larger than 4 MB']);
  });

  it('numbers from 1 again on a new connection', () => {
    const { queue, sent, connectionId } = createQueue();
    queue.send('%1', 'a');
    connectionId.set('c2');
    queue.send('%1', 'b');
    expect(sent[1]?.args.seq).toBe(1);
  });

  it('says when all that was queued has been answered or has failed', async () => {
    const { queue, sent } = createQueue();
    const seen: string[] = [];
    await queue.settled();
    for (const key of 'abcde') queue.send('%1', key);
    void queue.settled().then(() => seen.push('settled'));
    for (const i of [0, 1, 2, 3]) await sent[i]?.answer();
    expect(seen).toEqual([]);
    await sent[4]?.fail();
    expect(seen).toEqual(['settled']);
  });

  it('never lets 20 keys a second wait where connections do not count', async () => {
    const { queue, sent } = createQueue(16);
    // Over 300 ms six keys are typed before the first is answered.
    for (let key = 0; key < 40; key++) {
      queue.send('%1', 'k');
      expect(sent).toHaveLength(key + 1);
      if (key >= 6) await sent[key - 6]?.answer();
    }
  });

  it('tells what is on its way and when it was answered, batches by their end', async () => {
    const { queue, sent } = createQueue();
    const heard: string[] = [];
    queue.watch({
      queued: (pane, text, end) => heard.push(`${pane} ${text ?? '(paste)'} ${String(end)}`),
      settled: (pane, end, ms) => heard.push(`${pane} settled ${String(end)} ${typeof ms}`),
    });
    for (const key of 'abcdef') queue.send('%1', key);
    queue.send('%2', 'x');
    expect(heard).toEqual(['%1 a 1', '%1 b 2', '%1 c 3', '%1 d 4', '%1 e 5', '%1 f 6', '%2 x 1']);
    heard.length = 0;
    await sent[0]?.answer();
    await sent[1]?.fail();
    await sent[4]?.answer();
    expect(heard).toEqual(['%1 settled 1 number', '%1 settled 2 object', '%1 settled 6 number']);
    queue.paste('%1', 'text');
    expect(heard.at(-1)).toBe('%1 (paste) 10');
  });
});
