import { UnavailableError } from '../http/app-error.js';
import type { TmuxGateway } from '../tmux/tmux-gateway.js';
import { HealthController } from './health.controller.js';
import { Readiness } from './readiness.js';
import { TmuxAnswer } from './tmux-answer.js';

function createHealth(listSessions: () => Promise<readonly [] | undefined>) {
  const readiness = new Readiness();
  const gateway = { cli: { listSessions } } as unknown as TmuxGateway;
  return { readiness, health: new HealthController(readiness, new TmuxAnswer(gateway)) };
}

describe(HealthController.name, () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('is ready between start and stop, and alive all the time', async () => {
    const { readiness, health } = createHealth(() => Promise.resolve([]));
    await expect(health.ready()).rejects.toThrow(UnavailableError);
    readiness.onApplicationBootstrap();
    expect(await health.ready()).toEqual({ status: 'ok' });
    readiness.beforeApplicationShutdown();
    await expect(health.ready()).rejects.toThrow(UnavailableError);
    expect(health.live()).toEqual({ status: 'ok' });
  });

  it('asks tmux once a second, however many ask', async () => {
    const answers = jest
      .fn<Promise<readonly [] | undefined>, []>()
      .mockRejectedValueOnce(new Error('/secret/path'))
      .mockResolvedValueOnce(undefined)
      .mockResolvedValueOnce([]);
    const { readiness, health } = createHealth(answers);
    readiness.onApplicationBootstrap();
    const all = await Promise.allSettled(Array.from({ length: 50 }, () => health.ready()));
    expect(all.map((one) => (one.status === 'rejected' ? String(one.reason) : one.value))).toEqual(
      Array.from({ length: 50 }, () => 'UnavailableError: tmux does not answer.'),
    );
    expect(answers).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(1000);
    await expect(health.ready()).rejects.toThrow('tmux is not running.');
    await jest.advanceTimersByTimeAsync(1000);
    expect(await health.ready()).toEqual({ status: 'ok' });
  });
});
