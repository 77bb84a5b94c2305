import { SharedCall } from './shared-call.js';

interface Call {
  readonly resolve: (value: number) => void;
  readonly reject: (error: Error) => void;
}

function create(): { shared: SharedCall<number>; calls: Call[] } {
  const calls: Call[] = [];
  const shared = new SharedCall(
    () => new Promise<number>((resolve, reject) => calls.push({ resolve, reject })),
  );
  return { shared, calls };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe(SharedCall.name, () => {
  it('calls once for all who ask while it is under way, after they asked', async () => {
    const { shared, calls } = create();
    const first = shared.get();
    const others = [shared.get(), shared.get(), shared.get()];
    expect(calls).toHaveLength(1);
    calls[0]?.resolve(1);
    expect(await first).toBe(1);
    await turn();
    expect(calls).toHaveLength(2);
    // Who asks now shares neither.
    const late = shared.get();
    calls[1]?.resolve(2);
    expect(await Promise.all(others)).toEqual([2, 2, 2]);
    await turn();
    calls[2]?.resolve(3);
    expect(await late).toBe(3);
  });

  it('calls anew when nothing is under way', async () => {
    const { shared, calls } = create();
    for (const value of [1, 2]) {
      const asked = shared.get();
      calls.at(-1)?.resolve(value);
      expect(await asked).toBe(value);
      await turn();
    }
    expect(calls).toHaveLength(2);
  });

  it('fails for those who shared the call, and for nobody after', async () => {
    const { shared, calls } = create();
    const first = shared.get();
    const second = shared.get();
    calls[0]?.reject(new Error('no'));
    await expect(first).rejects.toThrow('no');
    await turn();
    calls[1]?.resolve(2);
    expect(await second).toBe(2);
  });
});
