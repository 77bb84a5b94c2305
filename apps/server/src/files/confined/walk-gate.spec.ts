import { WalkGate, WALKS_MAX, WALKS_WAITING_MAX } from './walk-gate.js';

describe(WalkGate.name, () => {
  it('lets so many in at a time, in their order, and refuses what cannot wait', async () => {
    const gate = new WalkGate();
    let inside = 0;
    let most = 0;
    const order: number[] = [];
    const work = (index: number) => async (): Promise<void> => {
      most = Math.max(most, ++inside);
      order.push(index);
      await Promise.resolve();
      inside -= 1;
    };
    const total = WALKS_MAX + WALKS_WAITING_MAX;
    const passed = Array.from({ length: total }, (_, index) => gate.pass(work(index)));
    await expect(gate.pass(work(-1))).rejects.toMatchObject({ code: 'unavailable' });
    await Promise.all(passed);
    expect(most).toBe(WALKS_MAX);
    expect(order).toEqual(Array.from({ length: total }, (_, index) => index));
  });

  it('gives a place back when the work fails', async () => {
    const gate = new WalkGate();
    for (let i = 0; i < WALKS_MAX * 2; i++) {
      await expect(gate.pass(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    }
    expect(await gate.pass(() => Promise.resolve('in'))).toBe('in');
  });
});
