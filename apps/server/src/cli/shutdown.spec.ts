import { exitOnSignals, keepDebuggerShut } from './shutdown.js';

describe(exitOnSignals.name, () => {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const exits: unknown[] = [];
  let exit: jest.SpyInstance;

  beforeEach(() => {
    // A deadline that ran out after its test would end Jest itself.
    jest.useFakeTimers();
    exits.length = 0;
    exit = jest.spyOn(process, 'exit').mockImplementation((code) => {
      exits.push(code);
      return undefined as never;
    });
  });

  afterEach(() => {
    jest.useRealTimers();
    exit.mockRestore();
    for (const signal of signals) process.removeAllListeners(signal);
  });

  it.each(signals)('closes and exits well at %s', async (signal) => {
    const close = jest.fn(() => Promise.resolve());
    exitOnSignals(close);
    process.emit(signal);
    await Promise.resolve();
    expect(close).toHaveBeenCalledTimes(1);
    expect(exits).toEqual([0]);
  });

  it.each([
    [false, 1, []],
    [true, 0, [0]],
  ])('reloads at SIGHUP, unless on a terminal (%s)', async (isOnTerminal, reloads, expected) => {
    const reload = jest.fn();
    exitOnSignals(() => Promise.resolve(), reload, isOnTerminal);
    process.emit('SIGHUP');
    await Promise.resolve();
    expect(reload).toHaveBeenCalledTimes(reloads);
    expect(exits).toEqual(expected);
  });

  it('exits at once at the second signal', () => {
    exitOnSignals(() => new Promise(() => undefined));
    process.emit('SIGINT');
    expect(exits).toEqual([]);
    process.emit('SIGTERM');
    expect(exits[0]).toBe(1);
  });

  it('does not wait for ever', () => {
    exitOnSignals(() => new Promise(() => undefined));
    process.emit('SIGTERM');
    jest.advanceTimersByTime(10_000);
    expect(exits).toEqual([1]);
  });
});

describe(keepDebuggerShut.name, () => {
  // Jest's process gets no signals; tools/runtime/launch.spec.mjs sends one.
  it('listens to SIGUSR1, which Node does not act on then', () => {
    keepDebuggerShut();
    expect(process.listenerCount('SIGUSR1')).toBe(1);
    process.removeAllListeners('SIGUSR1');
  });
});
