import { WindowCounter } from './window-counter.js';

describe(WindowCounter.name, () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('blocks past the limit until the window ends', async () => {
    const counter = new WindowCounter();
    for (let i = 0; i < 3; i++)
      expect((await counter.increment('a', 10_000, 3)).isBlocked).toBe(false);
    jest.advanceTimersByTime(4_000);
    expect(await counter.increment('a', 10_000, 3)).toMatchObject({
      isBlocked: true,
      timeToBlockExpire: 6,
    });
    jest.advanceTimersByTime(6_000);
    expect((await counter.increment('a', 10_000, 3)).isBlocked).toBe(false);
  });

  it('counts callers apart', async () => {
    const counter = new WindowCounter();
    await counter.increment('a', 1000, 1);
    expect((await counter.increment('b', 1000, 1)).isBlocked).toBe(false);
  });

  it('gives counts back, but no more than there are', async () => {
    const counter = new WindowCounter();
    await counter.increment('a', 1000, 1);
    counter.giveBack('', 'a');
    counter.giveBack('', 'a');
    counter.giveBack('', 'nobody');
    expect((await counter.increment('a', 1000, 1)).totalHits).toBe(1);
  });

  it('counts amounts, and buckets apart', async () => {
    const counter = new WindowCounter();
    const limit = { ttlMs: 1000, limit: 10 };
    expect(counter.add('bytes', 'a', limit, 10).isBlocked).toBe(false);
    expect(counter.add('bytes', 'a', limit, 1).isBlocked).toBe(true);
    expect((await counter.increment('a', 1000, 10, 0, 'requests')).totalHits).toBe(1);
  });

  it('lets a flood of callers in one bucket make no other forget', async () => {
    const counter = new WindowCounter();
    const limit = { ttlMs: 1000, limit: 1 };
    counter.add('all', 'everybody', limit, 1);
    for (let i = 0; i < 10_001; i++) await counter.increment(String(i), 1000, 9, 0, 'address');
    expect(counter.add('all', 'everybody', limit, 1).isBlocked).toBe(true);
  });

  it('forgets the longest known caller when there are too many', async () => {
    const counter = new WindowCounter();
    await counter.increment('first', 1000, 9);
    for (let i = 0; i < 10_000; i++) await counter.increment(`caller ${String(i)}`, 1000, 9);
    expect((await counter.increment('caller 9999', 1000, 9)).totalHits).toBe(2);
    expect((await counter.increment('first', 1000, 9)).totalHits).toBe(1);
  });
});
