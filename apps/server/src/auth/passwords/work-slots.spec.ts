import { UnavailableError } from '../../http/app-error.js';
import { WorkSlots } from './work-slots.js';

describe(WorkSlots.name, () => {
  it('does a few things at a time, in the order in which they came, and refuses too many', async () => {
    const slots = new WorkSlots(2, 3);
    const started: number[] = [];
    const ends: (() => void)[] = [];
    const work = (n: number) => () =>
      new Promise<number>((resolve) => {
        started.push(n);
        ends.push(() => resolve(n));
      });
    const running = [0, 1, 2, 3, 4].map((n) => slots.run(work(n)));
    await expect(slots.run(work(5))).rejects.toThrow(UnavailableError);
    expect(started).toEqual([0, 1]);
    for (let n = 0; n < 5; n++) {
      ends[n]?.();
      expect(await running[n]).toBe(n);
    }
    expect(started).toEqual([0, 1, 2, 3, 4]);
  });

  it('gives a slot back when the work fails', async () => {
    const slots = new WorkSlots(1, 0);
    await expect(slots.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await slots.run(() => Promise.resolve(7))).toBe(7);
  });
});
